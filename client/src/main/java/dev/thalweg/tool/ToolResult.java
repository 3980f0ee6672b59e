package dev.thalweg.tool;

import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a tool call, for the model: what the tool gave back, or why it failed. Immutable. */
public final class ToolResult {
    private final ToolCall call;
    private final Part.ToolResult part;
    private final @Nullable Throwable cause;

    private ToolResult(ToolCall call, List<Part> content, boolean error, @Nullable Throwable cause) {
        this.call = call;
        this.part = new Part.ToolResult(call.id(), content, error, Map.of());
        this.cause = cause;
    }

    /** What a tool gave back: text, images, files. */
    public static ToolResult of(ToolCall call, List<Part> content) {
        return new ToolResult(call, content, false, null);
    }

    /**
     * Why there is nothing.
     *
     * @param problem what happened and what to do, for the model
     * @param cause what was thrown, for the caller; null where nothing was
     */
    public static ToolResult failed(ToolCall call, String problem, @Nullable Throwable cause) {
        return new ToolResult(call, List.of(new Part.Text(problem)), true, cause);
    }

    /** What the model asked for. */
    public ToolCall call() {
        return call;
    }

    /** What the model is told. */
    public List<Part> content() {
        return part.content();
    }

    /** All text of the content. */
    public String text() {
        return part.text();
    }

    /** Whether the tool failed, or was not called; the content then says why. */
    public boolean isError() {
        return part.error();
    }

    /** What the tool threw, or a {@link JsonInputException} where its arguments were not what it takes. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** The message that goes back to the model. */
    public Message message() {
        return Message.of("tool", List.of(part));
    }

    /** Which call, and whether it failed: never what it gave back. */
    @Override
    public String toString() {
        return "ToolResult[" + call.name() + (isError() ? ", failed]" : "]");
    }
}
