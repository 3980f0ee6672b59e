package dev.thalweg.types.groq;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** Tokens that were used and the time it took, in seconds. */
public record GroqUsage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        @Nullable Double queueTime,
        @Nullable Double promptTime,
        @Nullable Double completionTime,
        @Nullable Double totalTime,
        @Nullable PromptTokensDetails promptTokensDetails,
        @Nullable CompletionTokensDetails completionTokensDetails,
        Extra extra)
        implements WireRecord {
    /** What the prompt's tokens are made of. */
    public record PromptTokensDetails(@Nullable Long cachedTokens, Extra extra) implements WireRecord {}

    /** What the completion's tokens are made of. */
    public record CompletionTokensDetails(@Nullable Long reasoningTokens, Extra extra) implements WireRecord {}
}
