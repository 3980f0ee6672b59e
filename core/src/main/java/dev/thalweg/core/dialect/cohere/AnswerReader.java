package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer, and tells it as a stream of it would be told: plan, content, calls, citations. */
final class AnswerReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");

    private final CallReader calls = new CallReader();
    private final CitationReader citations = new CitationReader();
    private final LogprobsReader logprobs = new LogprobsReader();
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();
    private final JsonText id = new JsonText();
    private final JsonText reason = new JsonText();
    private final JsonText plan = new JsonText();
    private final JsonValue message = new JsonValue();
    private final JsonValue usage = new JsonValue();
    private final JsonValue probabilities = new JsonValue();
    private boolean hasId;
    private boolean hasReason;
    private boolean hasMessage;
    private boolean hasUsage;
    private boolean hasProbabilities;
    private boolean error;

    /** Reads a body; what it reports instead of an answer, null for an answer. */
    @Nullable
    ErrorBody read(byte[] array, int offset, int length, FrameSink sink) {
        members(array, offset, length);
        if (error) {
            return ErrorReader.read(array, offset, length);
        }
        if (!hasMessage) {
            throw new JsonSyntaxException("No message in an answer", 0);
        }
        if (hasReason && FinishWord.isFailure(reason.decode())) {
            return Failure.of(reason.decode(), null);
        }
        if (hasId) {
            sink.id(id);
        }
        sink.role(0, ASSISTANT);
        message(sink);
        if (hasProbabilities) {
            objects(probabilities, item -> logprobs.tell(item, sink));
        }
        if (hasUsage) {
            UsageReader.tell(usage, sink);
        }
        if (hasReason && !reason.isEmpty()) {
            sink.finish(0, reason);
        }
        return null;
    }

    private void members(byte[] array, int offset, int length) {
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                hasId = cursor.textOrSkip(id) != null;
            } else if (cursor.keyIs("finish_reason")) {
                hasReason = cursor.textOrSkip(reason) != null;
            } else if (cursor.keyIs("message")) {
                error |= cursor.peek() == '"';
                hasMessage = cursor.peek() == '{';
                cursor.skip(message);
            } else if (cursor.keyIs("usage")) {
                hasUsage = cursor.peek() == '{';
                cursor.skip(usage);
            } else if (cursor.keyIs("logprobs")) {
                hasProbabilities = cursor.peek() == '[';
                cursor.skip(probabilities);
            } else {
                error |= cursor.keyIs("error") && cursor.peek() != 'n';
                cursor.skip();
            }
        }
        cursor.finish();
    }

    private void message(FrameSink sink) {
        JsonValue content = new JsonValue();
        JsonValue toolCalls = new JsonValue();
        JsonValue cited = new JsonValue();
        @Nullable JsonText planned = null;
        enter(message);
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                cursor.skip(content);
            } else if (cursor.keyIs("tool_plan")) {
                planned = cursor.textOrSkip(plan);
            } else if (cursor.keyIs("tool_calls")) {
                cursor.skip(toolCalls);
            } else if (cursor.keyIs("citations")) {
                cursor.skip(cited);
            } else {
                cursor.skip();
            }
        }
        if (planned != null && !planned.isEmpty()) {
            sink.reasoning(0, planned);
        }
        content(content, sink);
        objects(toolCalls, call -> call(call, sink));
        objects(cited, citation -> citations.tell(citation, sink));
    }

    /** Blocks; or a text, as the message of a request may have it. */
    private void content(JsonValue content, FrameSink sink) {
        if (content.end() > content.start() && content.array()[content.start()] == '"') {
            cursor.reset(content.array(), content.start(), content.end() - content.start());
            cursor.readText(text);
            sink.text(0, text);
            return;
        }
        objects(content, block -> block(block, sink));
    }

    private void block(JsonValue block, FrameSink sink) {
        enter(block);
        while (cursor.nextMember()) {
            boolean thinking = cursor.keyIs("thinking");
            if (!thinking && !cursor.keyIs("text")) {
                cursor.skip();
            } else if (cursor.textOrSkip(text) != null && !text.isEmpty()) {
                if (thinking) {
                    sink.reasoning(0, text);
                } else {
                    sink.text(0, text);
                }
            }
        }
        sink.partEnds(0);
    }

    private void call(JsonValue call, FrameSink sink) {
        JsonText callId = new JsonText();
        JsonText name = new JsonText();
        JsonText arguments = new JsonText();
        @Nullable JsonText hasCallId = null;
        @Nullable JsonText hasName = null;
        @Nullable JsonText hasArguments = null;
        enter(call);
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                hasCallId = cursor.textOrSkip(callId);
            } else if (cursor.keyIs("function") && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs("name")) {
                        hasName = cursor.textOrSkip(name);
                    } else if (cursor.keyIs("arguments")) {
                        hasArguments = cursor.textOrSkip(arguments);
                    } else {
                        cursor.skip();
                    }
                }
            } else {
                cursor.skip();
            }
        }
        calls.start(hasCallId, hasName, hasArguments, sink);
        calls.end(sink);
    }

    private void enter(JsonValue object) {
        cursor.reset(object.array(), object.start(), object.end() - object.start());
        cursor.enterObject();
    }

    /** The objects of a list, one after the other; none where it is no list. */
    private static void objects(JsonValue list, Consumer<JsonValue> each) {
        if (list.end() == list.start() || list.array()[list.start()] != '[') {
            return;
        }
        JsonCursor elements = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        elements.reset(list.array(), list.start(), list.end() - list.start());
        JsonValue element = new JsonValue();
        elements.enterArray();
        while (elements.nextElement()) {
            boolean object = elements.peek() == '{';
            elements.skip(element);
            if (object) {
                each.accept(element);
            }
        }
    }
}
