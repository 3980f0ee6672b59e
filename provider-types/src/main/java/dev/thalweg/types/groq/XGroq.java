package dev.thalweg.types.groq;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * What only Groq says.
 *
 * @param id of the request
 * @param usage the same as the chunk's, whether asked for or not
 */
public record XGroq(
        @Nullable String id,
        @Nullable Long seed,
        @Nullable GroqUsage usage,
        @Nullable GroqUsageBreakdown usageBreakdown,
        @Nullable String error,
        Extra extra)
        implements WireRecord {}
