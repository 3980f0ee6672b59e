package dev.thalweg.types.groq;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool, in a stream whole in one chunk.
 *
 * @param index of the call among those of the answer; only in a stream
 */
public record GroqToolCall(
        @Nullable Integer index,
        @Nullable String id,
        @Nullable String type,
        @Nullable Function function,
        Extra extra) implements WireRecord {
    /**
     * A function to call.
     *
     * @param arguments JSON as text
     */
    public record Function(@Nullable String name, @Nullable String arguments, Extra extra) implements WireRecord {}
}
