package dev.thalweg.types.openai;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** Tokens that were used. The prompt's include those from the cache, the completion's those of reasoning. */
public record OpenAiUsage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        @Nullable PromptTokensDetails promptTokensDetails,
        @Nullable CompletionTokensDetails completionTokensDetails,
        Extra extra)
        implements WireRecord {
    /** What the prompt's tokens are made of. */
    public record PromptTokensDetails(
            @Nullable Long cachedTokens, @Nullable Long audioTokens, Extra extra) implements WireRecord {}

    /** What the completion's tokens are made of. */
    public record CompletionTokensDetails(
            @Nullable Long reasoningTokens,
            @Nullable Long audioTokens,
            @Nullable Long acceptedPredictionTokens,
            @Nullable Long rejectedPredictionTokens,
            Extra extra)
            implements WireRecord {}
}
