package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import org.jspecify.annotations.Nullable;

/** Reads a whole message, and the one without content that begins a stream. */
final class AnswerReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final UsageReader usageReader;
    private final BlockReader blocks;
    private final JsonText text = new JsonText();
    private final JsonText stopReason = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue content = new JsonValue();
    private final JsonValue usage = new JsonValue();

    AnswerReader(UsageReader usageReader, BlockReader blocks) {
        this.usageReader = usageReader;
        this.blocks = blocks;
    }

    /** Reads a body; what it reports instead of a message, null for a message. */
    static @Nullable ErrorBody read(byte[] array, int offset, int length, FrameSink sink) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        cursor.reset(array, offset, length);
        JsonText type = new JsonText();
        JsonValue all = new JsonValue();
        boolean error = false;
        int unused = cursor.peek();
        int start = cursor.position();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                error |= cursor.textOrSkip(type) != null && type.is("error");
            } else {
                error |= cursor.keyIs("error") && cursor.peek() != 'n';
                cursor.skip();
            }
        }
        cursor.since(start, all);
        cursor.finish();
        if (error) {
            return ErrorReader.read(array, offset, length);
        }
        new AnswerReader(new UsageReader(), new BlockReader()).message(all, true, sink);
        return null;
    }

    /**
     * Reads a message.
     *
     * @param withContent whether its content is new: a message that begins twice may repeat it
     */
    void message(JsonValue message, boolean withContent, FrameSink sink) {
        boolean hasContent = false;
        boolean hasUsage = false;
        cursor.reset(message.array(), message.start(), message.end() - message.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.id(text);
                }
            } else if (cursor.keyIs("model")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.model(text);
                }
            } else if (cursor.keyIs("content")) {
                hasContent = cursor.peek() == '[';
                cursor.skip(content);
            } else if (cursor.keyIs("usage")) {
                hasUsage = cursor.peek() == '{';
                cursor.skip(usage);
            } else {
                cursor.skip();
            }
        }
        if (hasUsage) {
            usageReader.tell(usage, sink);
        }
        sink.role(0, ASSISTANT);
        if (hasContent && withContent) {
            content(sink);
        }
        further(message, sink);
    }

    /** What a {@code message_delta} says beside the reason. */
    void end(JsonValue delta, FrameSink sink) {
        if (delta.end() > delta.start()) {
            further(delta, sink, false);
        }
    }

    private void content(FrameSink sink) {
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

    private void further(JsonValue message, FrameSink sink) {
        further(message, sink, true);
    }

    private void further(JsonValue object, FrameSink sink, boolean message) {
        @Nullable JsonText reason = null;
        cursor.reset(object.array(), object.start(), object.end() - object.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("stop_reason")) {
                reason = cursor.textOrSkip(stopReason);
            } else if (isKnown()) {
                cursor.skip();
            } else {
                boolean ofChoice = !message || isEnd();
                cursor.skipMember(name, value);
                if (!value.isVoid()) {
                    sink.extra(
                            ofChoice ? ExtraField.Owner.CHOICE : ExtraField.Owner.ANSWER,
                            ofChoice ? 0 : -1,
                            name,
                            value);
                }
            }
        }
        if (message && reason != null && !reason.isEmpty()) {
            sink.finish(0, reason);
        }
    }

    /** What a stream says at its end, in its {@code message_delta}. */
    private boolean isEnd() {
        return cursor.keyIs("stop_sequence") || cursor.keyIs("stop_details") || cursor.keyIs("container");
    }

    private boolean isKnown() {
        return cursor.keyIs("type")
                || cursor.keyIs("role")
                || cursor.keyIs("id")
                || cursor.keyIs("model")
                || cursor.keyIs("content")
                || cursor.keyIs("usage");
    }
}
