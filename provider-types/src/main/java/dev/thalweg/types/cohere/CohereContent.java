package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * A part of the content, or in a stream a piece of one.
 *
 * @param type {@code text} or {@code thinking}; only at the start of a streamed part
 */
public record CohereContent(
        @Nullable String type,
        @Nullable String text,
        @Nullable String thinking,
        Extra extra) implements WireRecord {}
