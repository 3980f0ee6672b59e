package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.AwsErrors;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Reads the events of a streamed message. Only {@code message_stop} ends it: a stream without one was cut. A second {@code
 * message_start}, as some providers splice in, is taken for the same message going on.
 */
final class MessagesReader implements EventReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final UsageReader usageReader = new UsageReader();
    private final BlockReader blocks = new BlockReader();
    private final AnswerReader messageReader = new AnswerReader(usageReader, blocks);
    private final DeltaFields delta = new DeltaFields();
    private final JsonText type = new JsonText();
    private final JsonValue block = new JsonValue();
    private final JsonValue message = new JsonValue();
    private final JsonValue usage = new JsonValue();
    private boolean typed;
    private boolean hasBlock;
    private boolean hasMessage;
    private boolean hasUsage;
    private boolean hasError;
    private boolean started;
    private int index;
    private ErrorBody error = ErrorBody.ofText("");

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (event.failure()) {
            error = AwsErrors.of(event); // Bedrock carries this protocol, too
            return Kind.ERROR;
        }
        byte[] array = event.dataArray();
        int end = event.dataStart() + event.dataLength();
        if (event.isDone() || Bytes.skipBlank(array, event.dataStart(), end) == end) {
            return Kind.PART; // the marker of OpenAI's streams: some providers add it
        }
        try {
            members(event);
        } catch (JsonSyntaxException e) {
            if (!event.bare()) {
                throw e;
            }
            return failed(event); // a proxy's page
        }
        if (is(event, "content_block_delta")) {
            blocks.delta(index, delta, sink);
        } else if (is(event, "content_block_start")) {
            if (hasBlock) {
                blocks.start(index, block, sink);
            }
        } else if (is(event, "content_block_stop")) {
            blocks.stop(index, sink);
        } else if (is(event, "message_start")) {
            start(sink);
        } else if (is(event, "message_delta")) {
            messageDelta(sink);
        } else if (is(event, "message_stop")) {
            return Kind.END;
        } else if (is(event, "error") || hasError) {
            return failed(event);
        }
        return Kind.PART;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    private boolean is(EventBlock event, String name) {
        return typed ? type.is(name) : event.nameIs(name);
    }

    private void members(EventBlock event) {
        typed = false;
        hasBlock = false;
        hasMessage = false;
        hasUsage = false;
        hasError = false;
        index = -1;
        delta.clear();
        cursor.reset(event.dataArray(), event.dataStart(), event.dataLength());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                typed = cursor.textOrSkip(type) != null;
            } else if (cursor.keyIs("index")) {
                index = (int) Math.min(cursor.countOrSkip(), Integer.MAX_VALUE);
            } else if (cursor.keyIs("delta")) {
                delta.read(cursor);
            } else if (cursor.keyIs("content_block")) {
                hasBlock = object(block);
            } else if (cursor.keyIs("message")) {
                hasMessage = object(message);
            } else if (cursor.keyIs("usage")) {
                hasUsage = object(usage);
            } else {
                hasError |= cursor.keyIs("error") && cursor.peek() != 'n';
                cursor.skip();
            }
        }
        cursor.finish();
    }

    private boolean object(JsonValue into) {
        boolean is = cursor.peek() == '{';
        cursor.skip(into);
        return is;
    }

    private void start(FrameSink sink) {
        if (hasMessage) {
            messageReader.message(message, !started, sink);
            started = true;
        }
    }

    private void messageDelta(FrameSink sink) {
        if (delta.stopReason != null && !delta.stopReason.isEmpty()) {
            sink.finish(0, delta.stopReason);
        }
        messageReader.end(delta.all, sink);
        if (hasUsage) {
            usageReader.tell(usage, sink);
        }
    }

    private Kind failed(EventBlock event) {
        error = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
        return Kind.ERROR;
    }
}
