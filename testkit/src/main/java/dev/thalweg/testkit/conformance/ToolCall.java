package dev.thalweg.testkit.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool. Two calls are equal when id and name are, and their arguments are the same JSON.
 *
 * @param id the call's id, which its result refers to
 * @param name the tool's name
 * @param pieces the arguments (JSON text) in the pieces a stream brings them; none: no arguments
 */
public record ToolCall(String id, String name, List<String> pieces) {
    /** Copies the list. */
    public ToolCall {
        pieces = List.copyOf(pieces);
    }

    /** A call with arguments in pieces. */
    public static ToolCall of(String id, String name, String... pieces) {
        return new ToolCall(id, name, List.of(pieces));
    }

    /** All of the arguments; {@code {}} where there are none. */
    public String arguments() {
        String all = String.join("", pieces);
        return all.isEmpty() ? "{}" : all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolCall that
                && id.equals(that.id)
                && name.equals(that.name)
                && Nodes.sameJson(arguments(), that.arguments());
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return id + ":" + name + "(" + arguments() + ")";
    }
}
