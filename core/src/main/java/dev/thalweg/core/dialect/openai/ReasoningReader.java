package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the reasoning of one delta and tells it once. The same words may stand in a delta up to three times: as {@code
 * reasoning} or {@code reasoning_content}, in LiteLLM's {@code thinking_blocks}, in OpenRouter's {@code
 * reasoning_details}. Blocks know where one ends and who signed it, so their words are taken where they have any.
 */
final class ReasoningReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText plain = new JsonText();
    private final JsonText text = new JsonText();
    private final JsonText signature = new JsonText();
    private final JsonText data = new JsonText();
    private final JsonValue blocks = new JsonValue();
    private final JsonValue details = new JsonValue();
    private boolean hasPlain;
    private boolean hasBlocks;
    private boolean hasDetails;

    void begin() {
        hasPlain = false;
        hasBlocks = false;
        hasDetails = false;
    }

    /** The text ahead of this cursor; under a second name it counts once. */
    void plain(JsonCursor from) {
        if (hasPlain) {
            from.skip();
        } else {
            hasPlain = from.textOrSkip(plain) != null && !plain.isEmpty();
        }
    }

    /** The list of {@code thinking_blocks} ahead of this cursor. */
    void blocks(JsonCursor from) {
        hasBlocks = from.peek() == '[';
        from.skip(blocks);
    }

    /** The list of {@code reasoning_details}. */
    void details(JsonValue value) {
        hasDetails = value.array()[value.start()] == '[';
        details.set(value.array(), value.start(), value.end());
    }

    /** Tells all. */
    void end(int choice, FrameSink sink) {
        @Nullable JsonValue list = hasBlocks ? blocks : hasDetails ? details : null;
        boolean words = list != null && walk(choice, list, null);
        if (hasPlain && !words) {
            sink.reasoning(choice, plain);
        }
        if (list != null) {
            boolean unused = walk(choice, list, new Telling(sink, words));
        }
    }

    private record Telling(FrameSink sink, boolean words) {}

    /** Walks a list of blocks, tells what is in them where somebody wants to know, and says whether they have words. */
    private boolean walk(int choice, JsonValue list, @Nullable Telling telling) {
        boolean words = false;
        cursor.reset(list.array(), list.start(), list.end() - list.start());
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() == '{') {
                words |= block(choice, telling);
            } else {
                cursor.skip();
            }
        }
        return words;
    }

    private boolean block(int choice, @Nullable Telling telling) {
        boolean words = false;
        boolean signed = false;
        boolean redacted = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("thinking") || cursor.keyIs("text") || cursor.keyIs("summary")) {
                words |= cursor.textOrSkip(text) != null && !text.isEmpty();
            } else if (cursor.keyIs("signature")) {
                signed = cursor.textOrSkip(signature) != null && !signature.isEmpty();
            } else if (cursor.keyIs("data")) {
                redacted = cursor.textOrSkip(data) != null && !data.isEmpty();
            } else {
                cursor.skip();
            }
        }
        if (telling != null) {
            if (words && telling.words()) {
                telling.sink().reasoning(choice, text);
            }
            if (signed) {
                telling.sink().signature(choice, signature);
            }
            if (redacted) {
                telling.sink().redacted(choice, data);
            }
        }
        return words;
    }
}
