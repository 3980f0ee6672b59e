package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import org.jspecify.annotations.Nullable;

/**
 * What one object says of the answer's message. Calls come whole, and older servers give them no ids: then they get one that
 * is made of what they say and when, so that it is the same however often it is read, and another one in the next turn.
 */
final class MessagePiece {
    private static final JsonText FUNCTION = JsonText.of("function");
    private static final JsonText NO_ARGUMENTS = JsonText.of(ToolInput.NONE);

    private final JsonCursor inner = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final ToolCallPiece piece = new ToolCallPiece();
    private final JsonText text = new JsonText();
    private final JsonText thinking = new JsonText();
    private final JsonText id = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonText spelled = new JsonText();
    private final JsonValue all = new JsonValue();
    private final JsonValue calls = new JsonValue();
    private final JsonValue value = new JsonValue();
    private boolean hasText;
    private boolean hasThinking;
    private boolean hasCalls;
    private boolean hasFurther;
    private boolean any;
    private int count;

    /** Another object follows. */
    void begin() {
        hasText = false;
        hasThinking = false;
        hasCalls = false;
        hasFurther = false;
    }

    /** Whether any object had a message. */
    boolean any() {
        return any;
    }

    /** Whether any tool was called. */
    boolean called() {
        return count > 0;
    }

    /** Reads the message ahead; anything else is skipped. */
    void read(JsonCursor cursor) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        any = true;
        int start = cursor.position();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                text(cursor);
            } else if (cursor.keyIs("thinking")) {
                thinking(cursor);
            } else if (cursor.keyIs("tool_calls")) {
                calls(cursor);
            } else {
                hasFurther |= !cursor.keyIs("role");
                cursor.skip();
            }
        }
        cursor.since(start, all);
    }

    /** Reads the piece of text ahead. */
    void text(JsonCursor cursor) {
        hasText = cursor.textOrSkip(text) != null;
        any |= hasText;
    }

    /** Reads the piece of thinking ahead. */
    void thinking(JsonCursor cursor) {
        hasThinking = cursor.textOrSkip(thinking) != null;
    }

    /** Reads the list of calls ahead. */
    void calls(JsonCursor cursor) {
        hasCalls = cursor.peek() == '[';
        cursor.skip(calls);
    }

    /**
     * Tells what was read.
     *
     * @param seed tells this answer's calls from those of another
     */
    void tell(long seed, FrameSink sink) {
        if (hasThinking && !thinking.isEmpty()) {
            sink.reasoning(0, thinking);
        }
        if (hasText && !text.isEmpty()) {
            sink.text(0, text);
        }
        if (hasCalls) {
            eachCall(seed, sink);
        }
        if (hasFurther) {
            further(sink);
        }
    }

    private void eachCall(long seed, FrameSink sink) {
        JsonCursor elements = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        elements.reset(calls.array(), calls.start(), calls.end() - calls.start());
        elements.enterArray();
        while (elements.nextElement()) {
            boolean object = elements.peek() == '{';
            elements.skip(value);
            if (object) {
                call(value, seed, sink);
            }
        }
    }

    private void call(JsonValue call, long seed, FrameSink sink) {
        boolean hasId = false;
        @Nullable JsonText called = null;
        JsonText arguments = NO_ARGUMENTS;
        inner.reset(call.array(), call.start(), call.end() - call.start());
        inner.enterObject();
        while (inner.nextMember()) {
            if (inner.keyIs("id")) {
                hasId = inner.textOrSkip(id) != null && !id.isEmpty();
            } else if (inner.keyIs("function") && inner.peek() == '{') {
                inner.enterObject();
                while (inner.nextMember()) {
                    if (inner.keyIs("name")) {
                        called = inner.textOrSkip(name);
                    } else if (inner.keyIs("arguments")) {
                        arguments = arguments();
                    } else {
                        inner.skip();
                    }
                }
            } else {
                inner.skip();
            }
        }
        piece.begin(count++).type(FUNCTION);
        piece.id(hasId ? id : JsonText.of(made(call, seed)));
        piece.name(called);
        piece.arguments(arguments);
        sink.toolCall(0, piece);
        sink.partEnds(0);
    }

    /** An object; some servers that speak this API send its text. */
    private JsonText arguments() {
        if (inner.peek() == '"') {
            inner.readText(spelled);
            return spelled.isEmpty() ? NO_ARGUMENTS : spelled;
        }
        JsonValue object = new JsonValue();
        inner.skip(object);
        return object.isVoid() ? NO_ARGUMENTS : JsonText.of(object.decode());
    }

    private String made(JsonValue call, long seed) {
        return "call_" + Long.toHexString((seed * 31 + call.hash()) * 31 + count);
    }

    private void further(FrameSink sink) {
        inner.reset(all.array(), all.start(), all.end() - all.start());
        inner.enterObject();
        while (inner.nextMember()) {
            boolean known = inner.keyIs("role")
                    || inner.keyIs("content")
                    || inner.keyIs("thinking")
                    || inner.keyIs("tool_calls");
            inner.skipMember(name, value);
            if (!known && !value.isVoid()) {
                sink.extra(ExtraField.Owner.MESSAGE, 0, name, value);
            }
        }
    }
}
