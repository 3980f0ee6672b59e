package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;

/** Where the model's name stands in an event or an answer that says it: at the top, or in its message or response. */
public final class ModelPlace implements FrameSink {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);

    boolean said;
    String id = "";
    int start;
    int end;

    @Override
    public void id(JsonText text) {
        if (id.isEmpty()) {
            id = text.decode();
        }
    }

    @Override
    public void model(JsonText text) {
        said = true;
    }

    /** Whether the model is named there, and where. */
    boolean find(EventBlock block) {
        return find(block.dataArray(), block.dataStart(), block.dataLength());
    }

    /** Whether the model is named in this document, and where. */
    public boolean find(byte[] array, int offset, int length) {
        cursor.reset(array, offset, length);
        return cursor.peek() == '{' && inObject();
    }

    private boolean inObject() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if ((cursor.keyIs("model") || cursor.keyIs("modelVersion")) && cursor.peek() == '"') {
                start = cursor.position();
                cursor.skip();
                end = cursor.position();
                return true;
            }
            boolean envelope = cursor.keyIs("message") || cursor.keyIs("response");
            if (envelope && cursor.peek() == '{') {
                if (inObject()) {
                    return true;
                }
            } else {
                cursor.skip();
            }
        }
        return false;
    }

    /** Where the name starts, at its quote. */
    public int start() {
        return start;
    }

    /** Where it ends, after its quote. */
    public int end() {
        return end;
    }
}
