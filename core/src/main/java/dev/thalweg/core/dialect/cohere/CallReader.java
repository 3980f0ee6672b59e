package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calls of a message, one after the other. A call without arguments comes with {@code null} in their place, or nothing,
 * and is told with an empty object, as tools expect it.
 */
final class CallReader {
    private static final String NULL = "null";
    private static final JsonText FUNCTION = JsonText.of("function");
    private static final JsonText NO_ARGUMENTS = JsonText.of("{}");

    private final ToolCallPiece piece = new ToolCallPiece();
    private int calls;
    private boolean open;
    private boolean told;

    /** What came of the arguments as long as they may become {@value #NULL}. */
    private String held = "";

    /** A call begins. */
    void start(@Nullable JsonText id, @Nullable JsonText name, @Nullable JsonText arguments, FrameSink sink) {
        end(sink);
        open = true;
        told = false;
        held = "";
        piece.begin(calls++).type(FUNCTION);
        piece.id(id);
        piece.name(name);
        sink.toolCall(0, piece);
        delta(arguments, sink);
    }

    /** Its arguments grow. */
    void delta(@Nullable JsonText arguments, FrameSink sink) {
        if (!open || arguments == null || arguments.isEmpty()) {
            return;
        }
        if (!told) {
            String all = held + arguments.decode();
            if (NULL.startsWith(all)) {
                held = all;
                return;
            }
            told = true;
            if (!held.isEmpty()) {
                tell(JsonText.of(held), sink);
            }
        }
        tell(arguments, sink);
    }

    /** It is complete; nothing where none is open. */
    void end(FrameSink sink) {
        if (!open) {
            return;
        }
        open = false;
        if (!told) {
            boolean none = held.isEmpty() || held.equals(NULL);
            tell(none ? NO_ARGUMENTS : JsonText.of(held), sink);
        }
        sink.partEnds(0);
    }

    private void tell(JsonText arguments, FrameSink sink) {
        piece.begin(calls - 1).arguments(arguments);
        sink.toolCall(0, piece);
    }
}
