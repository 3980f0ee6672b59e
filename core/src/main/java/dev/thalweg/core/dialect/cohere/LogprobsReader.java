package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Reads how probable a piece of text was, and tells it as OpenAI spells it. A piece of several tokens, whose texts are not told
 * apart, is told as one, with the probability of all of them.
 */
final class LogprobsReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();
    private final JsonValue number = new JsonValue();
    private final JsonValue told = new JsonValue();
    private boolean hasText;
    private int tokens;
    private double sum;

    /** Tells what this object says; nothing where it has no probability. */
    void tell(JsonValue item, FrameSink sink) {
        hasText = false;
        tokens = 0;
        sum = 0;
        cursor.reset(item.array(), item.start(), item.end() - item.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                hasText = cursor.textOrSkip(text) != null;
            } else if (cursor.keyIs("logprobs") && cursor.peek() == '[') {
                numbers();
            } else {
                cursor.skip();
            }
        }
        if (hasText && tokens > 0 && Double.isFinite(sum)) {
            ByteBuilder json = new ByteBuilder(128).ascii("{\"content\":[{\"token\":");
            json.string(text).ascii(",\"logprob\":").ascii(Double.toString(sum));
            json.ascii(",\"bytes\":null,\"top_logprobs\":[]}]}");
            sink.logprobs(0, told.set(json.array(), 0, json.length()));
        }
    }

    private void numbers() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            int first = cursor.peek();
            cursor.skip(number);
            if (first == '-' || (first >= '0' && first <= '9')) {
                sum += Double.parseDouble(number.decode());
                tokens++;
            }
        }
    }
}
