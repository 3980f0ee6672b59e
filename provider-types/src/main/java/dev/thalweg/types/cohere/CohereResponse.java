package dev.thalweg.types.cohere;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param finishReason {@code COMPLETE}, {@code STOP_SEQUENCE}, {@code MAX_TOKENS}, {@code TOOL_CALL}, {@code ERROR},
 *     {@code TIMEOUT}
 */
public record CohereResponse(
        String id,
        @Nullable String finishReason,
        CohereMessage message,
        @Nullable CohereUsage usage,
        @Nullable RawJson logprobs,
        Extra extra)
        implements WireRecord {}
