package dev.thalweg.types.gemini;

import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import org.jspecify.annotations.Nullable;

/** How likely the text is to do harm of one kind. */
public record GeminiSafetyRating(
        String category,
        String probability,
        @Nullable Double probabilityScore,
        @Nullable String severity,
        @Nullable Double severityScore,
        @Nullable Boolean blocked,
        Extra extra)
        implements CamelCaseRecord {}
