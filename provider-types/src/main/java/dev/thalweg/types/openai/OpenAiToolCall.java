package dev.thalweg.types.openai;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool, or in a stream a piece of one: the first has id, type and name, the others have the index and more of
 * the arguments.
 *
 * @param index of the call among those of the answer; only in a stream
 */
public record OpenAiToolCall(
        @Nullable Integer index,
        @Nullable String id,
        @Nullable String type,
        @Nullable Function function,
        @Nullable Custom custom,
        Extra extra)
        implements WireRecord {
    /**
     * A function to call.
     *
     * @param arguments JSON as text, or in a stream a piece of it; not JSON where the answer was cut by a limit
     */
    public record Function(@Nullable String name, @Nullable String arguments, Extra extra) implements WireRecord {}

    /** A tool that takes any text. */
    public record Custom(@Nullable String name, @Nullable String input, Extra extra) implements WireRecord {}
}
