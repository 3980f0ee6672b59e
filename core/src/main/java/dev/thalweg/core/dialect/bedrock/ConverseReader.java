package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.AwsErrors;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;

/**
 * Reads the events of a streamed message. {@code metadata} ends it, with what was used; a stream that ends after its stop
 * reason and without it is complete, and its usage unknown.
 */
final class ConverseReader implements EventReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final BlockReader blocks = new BlockReader();
    private final JsonText stopReason = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue part = new JsonValue();
    private boolean hasPart;
    private int index;
    private ErrorBody error = ErrorBody.ofText("");

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (event.bare()) {
            error = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
            return Kind.ERROR;
        }
        if (event.failure()) {
            error = AwsErrors.of(event);
            return Kind.ERROR;
        }
        cursor.reset(event.dataArray(), event.dataStart(), event.dataLength());
        if (event.nameIs("contentBlockDelta")) {
            if (block("delta")) {
                blocks.delta(index, part, sink);
            }
        } else if (event.nameIs("contentBlockStart")) {
            if (block("start")) {
                blocks.start(index, part, sink);
            }
        } else if (event.nameIs("contentBlockStop")) {
            block("");
            blocks.stop(index, sink);
        } else if (event.nameIs("messageStart")) {
            cursor.skip();
            sink.role(0, ASSISTANT);
        } else if (event.nameIs("messageStop")) {
            stop(sink);
        } else if (event.nameIs("metadata")) {
            metadata(sink);
            return Kind.END;
        } else {
            cursor.skip();
        }
        return Kind.PART;
    }

    @Override
    public boolean mayLackItsEnd() {
        return true;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    /** Reads which block the event is of, and its member of this name; whether that is an object. */
    private boolean block(String member) {
        hasPart = false;
        index = -1;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("contentBlockIndex")) {
                index = (int) Math.min(cursor.countOrSkip(), Integer.MAX_VALUE);
            } else if (cursor.keyIs(member) && cursor.peek() == '{') {
                hasPart = true;
                cursor.skip(part);
            } else {
                cursor.skip();
            }
        }
        return hasPart;
    }

    private void stop(FrameSink sink) {
        boolean said = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("stopReason")) {
                said = cursor.textOrSkip(stopReason) != null && !stopReason.isEmpty();
            } else {
                further(ExtraField.Owner.CHOICE, 0, sink);
            }
        }
        if (said) {
            sink.finish(0, stopReason);
        }
    }

    private void metadata(FrameSink sink) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("usage") && cursor.peek() == '{') {
                cursor.skip(part);
                UsageReader.tell(part, sink);
            } else {
                further(ExtraField.Owner.ANSWER, -1, sink);
            }
        }
    }

    /** A field without a word of its own; not the padding, which hides how long the answer is. */
    private void further(ExtraField.Owner owner, int choice, FrameSink sink) {
        cursor.skipMember(name, value);
        if (!name.is("p") && !value.isVoid()) {
            sink.extra(owner, choice, name, value);
        }
    }
}
