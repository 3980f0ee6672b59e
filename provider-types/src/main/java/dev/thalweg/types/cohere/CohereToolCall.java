package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** A call of a tool, or in a stream a piece of one. */
public record CohereToolCall(
        @Nullable String id,
        @Nullable String type,
        @Nullable Function function,
        Extra extra) implements WireRecord {
    /**
     * A function to call.
     *
     * @param arguments JSON as text, or in a stream a piece of it
     */
    public record Function(@Nullable String name, @Nullable String arguments, Extra extra) implements WireRecord {}
}
