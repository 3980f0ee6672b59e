package dev.thalweg.types.mistral;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** Tokens that were used. */
public record MistralUsage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        @Nullable PromptTokensDetails promptTokensDetails,
        @Nullable String serviceTier,
        Extra extra)
        implements WireRecord {
    /** What the prompt's tokens are made of. */
    public record PromptTokensDetails(@Nullable Long cachedTokens, Extra extra) implements WireRecord {}
}
