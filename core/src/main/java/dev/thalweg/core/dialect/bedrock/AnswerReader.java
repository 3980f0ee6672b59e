package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class AnswerReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText stopReason = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue content = new JsonValue();
    private final JsonValue usage = new JsonValue();

    /** Reads the body in these bytes; what it reports instead of an answer, null for an answer. */
    @Nullable
    ErrorBody read(byte[] array, int offset, int length, FrameSink sink) {
        boolean answers = false;
        boolean hasContent = false;
        boolean hasUsage = false;
        boolean stopped = false;
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("output")) {
                answers = cursor.peek() == '{';
                hasContent = output();
            } else if (cursor.keyIs("stopReason")) {
                stopped = cursor.textOrSkip(stopReason) != null && !stopReason.isEmpty();
                answers |= stopped;
            } else if (cursor.keyIs("usage") && cursor.peek() == '{') {
                hasUsage = true;
                cursor.skip(usage);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        if (!answers) {
            return ErrorReader.read(array, offset, length);
        }
        if (hasUsage) {
            UsageReader.tell(usage, sink);
        }
        sink.role(0, ASSISTANT);
        if (hasContent) {
            content(sink);
        }
        further(array, offset, length, sink);
        if (stopped) {
            sink.finish(0, stopReason);
        }
        return null;
    }

    /** Finds {@code message.content} in the value ahead. */
    private boolean output() {
        boolean found = false;
        if (cursor.peek() != '{') {
            cursor.skip();
            return false;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("message") && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    boolean list = cursor.keyIs("content") && cursor.peek() == '[';
                    cursor.skip(list ? content : value);
                    found |= list;
                }
            } else {
                cursor.skip();
            }
        }
        return found;
    }

    private void content(FrameSink sink) {
        BlockReader blocks = new BlockReader();
        JsonCursor elements = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        elements.reset(content.array(), content.start(), content.end() - content.start());
        elements.enterArray();
        while (elements.nextElement()) {
            boolean object = elements.peek() == '{';
            elements.skip(value);
            if (object) {
                blocks.whole(value, sink);
            }
        }
    }

    /** The trace of a guardrail, for example, and what the model adds of its own. */
    private void further(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = cursor.keyIs("output") || cursor.keyIs("stopReason") || cursor.keyIs("usage");
            boolean ofChoice = cursor.keyIs("additionalModelResponseFields");
            cursor.skipMember(name, value);
            if (!known && !value.isVoid()) {
                sink.extra(
                        ofChoice ? ExtraField.Owner.CHOICE : ExtraField.Owner.ANSWER, ofChoice ? 0 : -1, name, value);
            }
        }
    }
}
