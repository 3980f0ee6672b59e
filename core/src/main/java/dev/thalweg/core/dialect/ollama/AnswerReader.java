package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one answer, a chat's or a prompt's: each has a piece of it, the last one is done and has the counts. A
 * whole answer is one object that has both. Not thread-safe.
 */
final class AnswerReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");
    private static final JsonText STOP = JsonText.of("stop");
    private static final JsonText TOOL_CALLS = JsonText.of("tool_calls");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final MessagePiece message = new MessagePiece();
    private final JsonText model = new JsonText();
    private final JsonText created = new JsonText();
    private final JsonText reason = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue logprobs = new JsonValue();
    private boolean begun;
    private boolean done;
    private boolean failed;
    private boolean hasModel;
    private boolean hasCreated;
    private boolean hasReason;
    private boolean hasFurther;
    private boolean hasLogprobs;
    private long input;
    private long output;

    /** Reads a whole answer, which is done although it may not say so; what it reports instead of one, null for one. */
    @Nullable
    ErrorBody whole(byte[] array, int offset, int length, FrameSink sink) {
        ErrorBody error = read(array, offset, length, sink);
        if (error == null && !done && message.any()) {
            finish(sink);
        }
        return error;
    }

    /** Reads an object; what it reports instead of a piece of the answer, null for a piece. */
    @Nullable
    ErrorBody read(byte[] array, int offset, int length, FrameSink sink) {
        members(array, offset, length);
        if (failed) {
            return ErrorReader.read(array, offset, length);
        }
        if (hasModel) {
            sink.model(model);
        }
        if (!begun) {
            begun = true;
            sink.role(0, ASSISTANT);
        }
        message.tell(hasCreated ? created.hash() : 0, sink);
        if (hasLogprobs) {
            sink.logprobs(0, asContent(logprobs));
        }
        if (hasFurther) {
            further(array, offset, length, sink);
        }
        if (done) {
            finish(sink);
            usage(array, offset, length, sink);
        }
        return null;
    }

    /** Whether the last object was the last one of the answer. */
    boolean done() {
        return done;
    }

    private void members(byte[] array, int offset, int length) {
        message.begin();
        done = false;
        failed = false;
        hasModel = false;
        hasReason = false;
        hasLogprobs = false;
        input = -1;
        output = -1;
        hasCreated = false;
        hasFurther = false;
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("model")) {
                hasModel = cursor.textOrSkip(model) != null;
            } else if (cursor.keyIs("created_at")) {
                hasCreated = cursor.textOrSkip(created) != null;
            } else if (cursor.keyIs("message")) {
                message.read(cursor);
            } else if (cursor.keyIs("response")) {
                message.text(cursor);
            } else if (cursor.keyIs("thinking")) {
                message.thinking(cursor);
            } else if (cursor.keyIs("tool_calls")) {
                message.calls(cursor);
            } else if (cursor.keyIs("done")) {
                done = cursor.peek() == 't';
                cursor.skip();
            } else if (cursor.keyIs("done_reason")) {
                hasReason = cursor.textOrSkip(reason) != null;
            } else if (cursor.keyIs("logprobs")) {
                hasLogprobs = cursor.peek() == '[';
                cursor.skip(logprobs);
            } else if (cursor.keyIs("prompt_eval_count")) {
                input = cursor.countOrSkip();
            } else if (cursor.keyIs("eval_count")) {
                output = cursor.countOrSkip();
            } else {
                failed |= cursor.keyIs("error") && cursor.peek() != 'n';
                hasFurther = true;
                cursor.skip();
            }
        }
        cursor.finish();
    }

    /** This API says {@code stop} where tools were called, too, and older servers say nothing. */
    private void finish(FrameSink sink) {
        boolean stopped = !hasReason || reason.isEmpty() || reason.is("stop");
        sink.finish(0, !stopped ? reason : message.called() ? TOOL_CALLS : STOP);
    }

    /** The list as chat completions have it, which spell its elements the same. */
    private static JsonValue asContent(JsonValue list) {
        ByteBuilder json = new ByteBuilder(list.end() - list.start() + 16)
                .ascii("{\"content\":")
                .value(list)
                .ascii("}");
        return new JsonValue().set(json.array(), 0, json.length());
    }

    /** A prompt that was in the server's cache is not counted. */
    private void usage(byte[] array, int offset, int length, FrameSink sink) {
        if (input >= 0 || output >= 0) {
            sink.usage(Usage.builder()
                    .inputTokens(Math.max(0, input))
                    .outputTokens(Math.max(0, output))
                    .raw(counts(array, offset, length))
                    .build());
        }
    }

    private RawJson counts(byte[] array, int offset, int length) {
        ByteBuilder json = new ByteBuilder(160).ascii("{");
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean counts = isCount() || isDuration();
            cursor.skipMember(name, value);
            if (counts) {
                json.ascii(json.length() == 1 ? "" : ",")
                        .string(name)
                        .ascii(":")
                        .value(value);
            }
        }
        return new RawJson(json.ascii("}").toString());
    }

    private void further(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = isKnown() || isCount();
            cursor.skipMember(name, value);
            if (!known && !value.isVoid()) {
                sink.extra(ExtraField.Owner.ANSWER, -1, name, value);
            }
        }
    }

    private boolean isKnown() {
        return cursor.keyIs("model")
                || cursor.keyIs("created_at")
                || cursor.keyIs("message")
                || cursor.keyIs("response")
                || cursor.keyIs("thinking")
                || cursor.keyIs("tool_calls")
                || cursor.keyIs("done")
                || cursor.keyIs("done_reason")
                || cursor.keyIs("logprobs")
                || cursor.keyIs("error");
    }

    private boolean isCount() {
        return cursor.keyIs("prompt_eval_count") || cursor.keyIs("eval_count");
    }

    private boolean isDuration() {
        return cursor.keyIs("total_duration")
                || cursor.keyIs("load_duration")
                || cursor.keyIs("prompt_eval_duration")
                || cursor.keyIs("eval_duration");
    }
}
