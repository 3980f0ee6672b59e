package dev.thalweg.types.gemini;

import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, or in a stream a piece of one: both have the same shape.
 *
 * @param candidates none where the prompt was blocked
 * @param usageMetadata cumulative: the last one of a stream counts
 */
public record GeminiResponse(
        List<GeminiCandidate> candidates,
        @Nullable PromptFeedback promptFeedback,
        @Nullable GeminiUsage usageMetadata,
        @Nullable String modelVersion,
        @Nullable String responseId,
        @Nullable String createTime,
        Extra extra)
        implements CamelCaseRecord {
    public GeminiResponse {
        candidates = List.copyOf(candidates);
    }

    /** Why a prompt was blocked. */
    public record PromptFeedback(
            @Nullable String blockReason,
            @Nullable String blockReasonMessage,
            List<GeminiSafetyRating> safetyRatings,
            Extra extra)
            implements CamelCaseRecord {
        public PromptFeedback {
            safetyRatings = List.copyOf(safetyRatings);
        }
    }
}
