package dev.thalweg.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one chunk adds to a tool call. Immutable. */
public final class ToolCallDelta {
    private final int index;
    private final @Nullable String id;
    private final @Nullable String name;
    private final String arguments;

    ToolCallDelta(int index, @Nullable String id, @Nullable String name, String arguments) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.arguments = arguments;
    }

    /** Which of the choice's tool calls grows. */
    public int index() {
        return index;
    }

    /** The call's id, usually in its first delta only. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The tool's name, usually in its first delta only. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The next fragment of the arguments' JSON; may be empty. */
    public String arguments() {
        return arguments;
    }

    @Override
    public String toString() {
        return index + " " + name().orElse("") + "(" + arguments + ")"
                + id().map(i -> "#" + i).orElse("");
    }
}
