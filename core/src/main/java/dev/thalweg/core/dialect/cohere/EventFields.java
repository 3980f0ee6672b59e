package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/** The members of one event, whatever its type, as views into the frame. What is not there is null. */
final class EventFields {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText typeView = new JsonText();
    private final JsonText idView = new JsonText();
    private final JsonText textView = new JsonText();
    private final JsonText thinkingView = new JsonText();
    private final JsonText planView = new JsonText();
    private final JsonText reasonView = new JsonText();
    private final JsonText errorView = new JsonText();
    private final JsonText callIdView = new JsonText();
    private final JsonText callNameView = new JsonText();
    private final JsonText argumentsView = new JsonText();
    private final JsonValue citationView = new JsonValue();
    private final JsonValue usageView = new JsonValue();
    private final JsonValue logprobsView = new JsonValue();

    @Nullable
    JsonText type;

    @Nullable
    JsonText id;

    @Nullable
    JsonText text;

    @Nullable
    JsonText thinking;

    @Nullable
    JsonText plan;

    @Nullable
    JsonText reason;

    /** What a provider says of its failure, at the end of a message or instead of an event. */
    @Nullable
    JsonText error;

    @Nullable
    JsonText callId;

    @Nullable
    JsonText callName;

    @Nullable
    JsonText arguments;

    @Nullable
    JsonValue citation;

    @Nullable
    JsonValue usage;

    @Nullable
    JsonValue logprobs;

    /** Reads the event that stands there. */
    void read(byte[] array, int offset, int length) {
        clear();
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                type = cursor.textOrSkip(typeView);
            } else if (cursor.keyIs("id")) {
                id = cursor.textOrSkip(idView);
            } else if (cursor.keyIs("delta") && cursor.peek() == '{') {
                delta();
            } else if (cursor.keyIs("logprobs")) {
                logprobs = object(logprobsView);
            } else if (cursor.keyIs("message") && cursor.peek() == '"') {
                error = cursor.textOrSkip(errorView);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
    }

    private void clear() {
        type = null;
        id = null;
        text = null;
        thinking = null;
        plan = null;
        reason = null;
        error = null;
        callId = null;
        callName = null;
        arguments = null;
        citation = null;
        usage = null;
        logprobs = null;
    }

    private void delta() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("message") && cursor.peek() == '{') {
                message();
            } else if (cursor.keyIs("finish_reason")) {
                reason = cursor.textOrSkip(reasonView);
            } else if (cursor.keyIs("error")) {
                error = cursor.textOrSkip(errorView);
            } else if (cursor.keyIs("usage")) {
                usage = object(usageView);
            } else {
                cursor.skip();
            }
        }
    }

    private void message() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content") && cursor.peek() == '{') {
                content();
            } else if (cursor.keyIs("tool_plan")) {
                plan = cursor.textOrSkip(planView);
            } else if (cursor.keyIs("tool_calls") && cursor.peek() == '{') {
                call();
            } else if (cursor.keyIs("citations")) {
                citation = object(citationView);
            } else {
                cursor.skip();
            }
        }
    }

    private void content() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                text = cursor.textOrSkip(textView);
            } else if (cursor.keyIs("thinking")) {
                thinking = cursor.textOrSkip(thinkingView);
            } else {
                cursor.skip();
            }
        }
    }

    private void call() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                callId = cursor.textOrSkip(callIdView);
            } else if (cursor.keyIs("function") && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs("name")) {
                        callName = cursor.textOrSkip(callNameView);
                    } else if (cursor.keyIs("arguments")) {
                        arguments = cursor.textOrSkip(argumentsView);
                    } else {
                        cursor.skip();
                    }
                }
            } else {
                cursor.skip();
            }
        }
    }

    private @Nullable JsonValue object(JsonValue into) {
        boolean is = cursor.peek() == '{';
        cursor.skip(into);
        return is ? into : null;
    }
}
