package dev.thalweg.types.gemini;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers, or in a stream a piece of it.
 *
 * @param finishReason {@code STOP}, {@code MAX_TOKENS}, {@code SAFETY} and others; {@code STOP} also for a call of a
 *     function, and in a stream it can come twice
 * @param groundingMetadata what the answer was found with, and where
 */
public record GeminiCandidate(
        @Nullable GeminiContent content,
        @Nullable String finishReason,
        @Nullable String finishMessage,
        @Nullable Integer index,
        List<GeminiSafetyRating> safetyRatings,
        @Nullable RawJson citationMetadata,
        @Nullable RawJson groundingMetadata,
        @Nullable RawJson urlContextMetadata,
        @Nullable Double avgLogprobs,
        @Nullable RawJson logprobsResult,
        @Nullable Integer tokenCount,
        Extra extra)
        implements CamelCaseRecord {
    public GeminiCandidate {
        safetyRatings = List.copyOf(safetyRatings);
    }
}
