package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes how probable tokens were, from OpenAI's spelling. Their numbers in the model's vocabulary are not known. */
final class LogprobsWriter {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false);
    private final JsonText token = new JsonText();
    private final JsonValue number = new JsonValue();

    /** An item for each token. */
    List<ByteBuilder> items(JsonValue logprobs) {
        List<ByteBuilder> items = new ArrayList<>(1);
        cursor.reset(logprobs.array(), logprobs.start(), logprobs.end() - logprobs.start());
        if (cursor.peek() != '{') {
            return items;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (!cursor.keyIs("content") || cursor.peek() != '[') {
                cursor.skip();
                continue;
            }
            cursor.enterArray();
            while (cursor.nextElement()) {
                item(items);
            }
        }
        return items;
    }

    private void item(List<ByteBuilder> items) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        boolean hasToken = false;
        boolean hasNumber = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("token")) {
                hasToken = cursor.textOrSkip(token) != null;
            } else if (cursor.keyIs("logprob")) {
                int first = cursor.peek();
                hasNumber = first == '-' || (first >= '0' && first <= '9');
                cursor.skip(number);
            } else {
                cursor.skip();
            }
        }
        if (hasToken && hasNumber) {
            ByteBuilder json = new ByteBuilder(64).ascii("{\"text\":").string(token);
            items.add(
                    json.ascii(",\"token_ids\":[],\"logprobs\":[").value(number).ascii("]}"));
        }
    }
}
