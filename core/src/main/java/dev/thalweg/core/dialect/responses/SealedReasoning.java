package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted reasoning together with the id of its item: the provider refuses the one without, or with another of, the other.
 * In a reasoning block both travel as one text, <code>{"id":"rs_…","encrypted_content":"…"}</code>, which is the block's
 * signature where the item has words, and its redacted data where it has none.
 *
 * @param id the item's id; null where the provider gave none
 * @param encrypted the encrypted content, as it came
 */
record SealedReasoning(@Nullable String id, String encrypted) {
    /** Both from a block's signature or data. A text of another shape is the encrypted content alone. */
    static SealedReasoning of(String data) {
        if (!data.startsWith("{")) {
            return new SealedReasoning(null, data);
        }
        byte[] bytes = Bytes.utf8(data);
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(bytes, 0, bytes.length);
        JsonText text = new JsonText();
        @Nullable String id = null;
        @Nullable String encrypted = null;
        try {
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("id")) {
                    id = JsonText.decodeOrNull(cursor.textOrSkip(text));
                } else if (cursor.keyIs("encrypted_content")) {
                    encrypted = JsonText.decodeOrNull(cursor.textOrSkip(text));
                } else {
                    cursor.skip();
                }
            }
            cursor.finish();
        } catch (JsonSyntaxException e) {
            encrypted = null;
        }
        return encrypted == null ? new SealedReasoning(null, data) : new SealedReasoning(id, encrypted);
    }

    /** Both as one text. */
    String data() {
        ByteBuilder json = new ByteBuilder(encrypted.length() + 64).ascii("{");
        if (id != null) {
            json.ascii("\"id\":").string(id).ascii(",");
        }
        return json.ascii("\"encrypted_content\":").string(encrypted).ascii("}").toString();
    }
}
