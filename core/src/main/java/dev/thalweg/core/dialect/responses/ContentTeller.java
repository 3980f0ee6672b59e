package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** Tells a sink what the whole parts of an item say, in the spelling that sinks want. */
final class ContentTeller {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonCursor inner = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final Annotations annotations = new Annotations();
    private final JsonText text = new JsonText();
    private final JsonText refusal = new JsonText();
    private final JsonValue cited = new JsonValue();
    private final JsonValue probable = new JsonValue();
    private final JsonValue value = new JsonValue();
    private final ByteBuilder json = new ByteBuilder(64);

    /** The parts of a message that did not come in pieces. */
    void message(Item item, JsonValue content, FrameSink sink) {
        enter(content);
        for (int part = 0; cursor.nextElement(); part++) {
            if (cursor.peek() != '{') {
                cursor.skip();
                continue;
            }
            boolean hasText = false;
            boolean hasRefusal = false;
            boolean hasCited = false;
            boolean hasProbable = false;
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("text")) {
                    hasText = cursor.textOrSkip(text) != null;
                } else if (cursor.keyIs("refusal")) {
                    hasRefusal = cursor.textOrSkip(refusal) != null;
                } else if (cursor.keyIs("annotations")) {
                    cursor.skip(cited);
                    hasCited = JsonFields.kind(cited) == '[';
                } else if (cursor.keyIs("logprobs")) {
                    cursor.skip(probable);
                    hasProbable = JsonFields.kind(probable) == '[' && !probable.isVoid();
                } else {
                    cursor.skip();
                }
            }
            if (!item.tell(part)) {
                if (hasText) {
                    sink.text(0, text);
                } else if (hasRefusal) {
                    sink.refusal(0, refusal);
                }
                if (hasProbable) {
                    logprobs(probable, sink);
                }
            }
            if (hasCited && !item.annotated) {
                annotations(sink);
            }
        }
    }

    private void annotations(FrameSink sink) {
        inner.reset(cited.array(), cited.start(), cited.end() - cited.start());
        inner.enterArray();
        while (inner.nextElement()) {
            inner.skip(value);
            annotation(value, sink);
        }
    }

    void annotation(JsonValue annotation, FrameSink sink) {
        sink.annotation(0, annotations.nested(annotation));
    }

    /** The words of a summary or of the reasoning itself. */
    void reasoning(ItemTeller teller, Item item, JsonValue parts, FrameSink sink) {
        enter(parts);
        for (int part = 0; cursor.nextElement(); part++) {
            if (cursor.peek() != '{') {
                cursor.skip();
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (!cursor.keyIs("text")) {
                    cursor.skip();
                } else if (cursor.textOrSkip(text) != null) {
                    teller.reasoning(item, part, text, sink);
                }
            }
        }
    }

    /** A list of tokens, in the object that chat completions have it in. */
    void logprobs(JsonValue list, FrameSink sink) {
        json.clear().ascii("{\"content\":");
        SafeText.append(json, list).ascii("}");
        sink.logprobs(0, value.set(json.array(), 0, json.length()));
    }

    /** An image, as OpenRouter spells it in chat completions. */
    void image(JsonText base64, FrameSink sink) {
        json.clear().ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,");
        SafeText.append(json, base64).ascii("\"}}");
        sink.image(0, value.set(json.array(), 0, json.length()));
    }

    private void enter(JsonValue list) {
        cursor.reset(list.array(), list.start(), list.end() - list.start());
        cursor.enterArray();
    }
}
