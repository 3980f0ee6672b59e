package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were used.
 *
 * @param billedUnits what is on the bill
 * @param tokens what was in the model's context
 */
public record CohereUsage(
        @Nullable BilledUnits billedUnits,
        @Nullable Tokens tokens,
        @Nullable Long cachedTokens,
        Extra extra) implements WireRecord {
    /** What is on the bill. */
    public record BilledUnits(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long searchUnits,
            @Nullable Long classifications,
            Extra extra)
            implements WireRecord {}

    /** What was in the model's context. */
    public record Tokens(
            @Nullable Long inputTokens, @Nullable Double outputTokens, Extra extra) implements WireRecord {}
}
