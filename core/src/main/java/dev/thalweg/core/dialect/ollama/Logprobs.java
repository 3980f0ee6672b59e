package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;

/** How probable the tokens were: a list here, which chat completions have in an object, its elements spelled the same. */
final class Logprobs {
    private Logprobs() {}

    /** Finds the list in the object; false where there is none, or nothing in it. */
    static boolean content(JsonValue logprobs, JsonValue into) {
        boolean found = false;
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        cursor.reset(logprobs.array(), logprobs.start(), logprobs.end() - logprobs.start());
        if (cursor.peek() != '{') {
            return false;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content") && cursor.peek() == '[') {
                cursor.skip(into);
                found = !into.isVoid();
            } else {
                cursor.skip();
            }
        }
        return found;
    }
}
