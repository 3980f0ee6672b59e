package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/** The {@code delta} of an event, whatever its type, as views into the frame. */
final class DeltaFields {
    private final JsonText typeView = new JsonText();
    private final JsonText textView = new JsonText();
    private final JsonText stopReasonView = new JsonText();

    /** Its type; empty where it has none. */
    private boolean typed;

    /** The piece of text, of thinking, of arguments, or the signature: a delta has one of them. */
    @Nullable
    JsonText text;

    /** What is cited. */
    final JsonValue citation = new JsonValue();

    boolean cites;

    @Nullable
    JsonText stopReason;

    /** All of it; of no length where there is none. */
    final JsonValue all = new JsonValue();

    void clear() {
        typed = false;
        text = null;
        cites = false;
        stopReason = null;
        all.set(all.array(), 0, 0);
    }

    boolean is(String type) {
        return typed && typeView.is(type);
    }

    /** Reads the object ahead; anything else is passed over. */
    void read(JsonCursor cursor) {
        clear();
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        int start = cursor.position();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                typed = cursor.textOrSkip(typeView) != null;
            } else if (isPiece(cursor)) {
                text = cursor.textOrSkip(textView);
            } else if (cursor.keyIs("stop_reason")) {
                stopReason = cursor.textOrSkip(stopReasonView);
            } else if (cursor.keyIs("citation") && cursor.peek() == '{') {
                cites = true;
                cursor.skip(citation);
            } else {
                cursor.skip();
            }
        }
        cursor.since(start, all);
    }

    private static boolean isPiece(JsonCursor cursor) {
        return cursor.keyIs("text")
                || cursor.keyIs("partial_json")
                || cursor.keyIs("thinking")
                || cursor.keyIs("signature");
    }
}
