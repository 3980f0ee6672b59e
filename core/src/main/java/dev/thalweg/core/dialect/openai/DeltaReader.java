package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;

/** Reads what a choice says: the delta of a chunk, the message of a whole answer. */
final class DeltaReader {
    private final JsonCursor cursor;
    private final ToolCallReader calls;
    private final ReasoningReader reasoning = new ReasoningReader();
    private final JsonText text = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();

    DeltaReader(JsonCursor cursor) {
        this.cursor = cursor;
        this.calls = new ToolCallReader(cursor);
    }

    /** Reads the object ahead; anything else is skipped. */
    void read(int choice, boolean whole, FrameSink sink) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        reasoning.begin();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                content(choice, sink);
            } else if (cursor.keyIs("role")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.role(choice, text);
                }
            } else if (cursor.keyIs("tool_calls")) {
                calls.list(choice, whole, sink);
            } else if (cursor.keyIs("reasoning_content") || cursor.keyIs("reasoning")) {
                reasoning.plain(cursor);
            } else if (cursor.keyIs("refusal")) {
                if (cursor.textOrSkip(text) != null) {
                    sink.refusal(choice, text);
                }
            } else if (cursor.keyIs("function_call")) {
                calls.functionCall(choice, sink);
            } else if (cursor.keyIs("thinking_blocks")) {
                reasoning.blocks(cursor);
            } else {
                other(choice, sink);
            }
        }
        reasoning.end(choice, sink);
    }

    private void other(int choice, FrameSink sink) {
        if (cursor.keyIs("annotations") && cursor.peek() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                cursor.skip(value);
                sink.annotation(choice, value);
            }
        } else if (cursor.keyIs("images") && cursor.peek() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                cursor.skip(value);
                sink.image(choice, value);
            }
        } else if (cursor.keyIs("audio") && cursor.peek() == '{') {
            cursor.skip(value);
            if (!value.isVoid()) {
                sink.audio(choice, value);
            }
        } else {
            boolean details = cursor.keyIs("reasoning_details");
            cursor.skipMember(name, value);
            if (value.isVoid()) {
                return;
            }
            if (details) {
                reasoning.details(value);
            }
            sink.extra(ExtraField.Owner.MESSAGE, choice, name, value);
        }
    }

    /** A string; or Mistral's list of text, thinking and references, which are what others call annotations. */
    private void content(int choice, FrameSink sink) {
        if (cursor.peek() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                contentPart(choice, sink, false);
            }
        } else if (cursor.textOrSkip(text) != null) {
            sink.text(choice, text);
        }
    }

    private void contentPart(int choice, FrameSink sink, boolean thinking) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        int start = cursor.position();
        boolean reference = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                if (cursor.textOrSkip(text) == null) {
                    continue;
                }
                if (thinking) {
                    sink.reasoning(choice, text);
                } else {
                    sink.text(choice, text);
                }
            } else if (cursor.keyIs("reference_ids")) {
                reference = true;
                cursor.skip();
            } else if (cursor.keyIs("thinking") && cursor.peek() == '[') {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    contentPart(choice, sink, true);
                }
            } else {
                cursor.skip();
            }
        }
        if (reference) {
            cursor.since(start, value);
            sink.annotation(choice, value);
        }
    }
}
