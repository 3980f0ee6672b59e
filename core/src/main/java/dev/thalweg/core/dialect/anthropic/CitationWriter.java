package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Writes what a text cites, from OpenAI's spelling. {@code encrypted_index} is empty where no provider of this protocol gave
 * the citation: clients want the member, and {@link PartWriter} leaves such a citation out of what goes back.
 */
final class CitationWriter {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false);
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonText words = new JsonText();
    private final JsonText index = new JsonText();
    private boolean hasUrl;
    private boolean hasTitle;
    private boolean hasWords;
    private boolean hasIndex;

    /**
     * Appends the citation.
     *
     * @param own whether it comes from a provider of this protocol: what is in no other's spelling is in this one
     * @return false, and nothing is written, where it cannot be said
     */
    boolean write(ByteBuilder json, JsonValue annotation, boolean own) {
        hasUrl = false;
        hasTitle = false;
        hasWords = false;
        hasIndex = false;
        cursor.reset(annotation.array(), annotation.start(), annotation.end() - annotation.start());
        if (cursor.peek() != '{') {
            return false;
        }
        object(true);
        if (hasUrl) {
            json.ascii("{\"type\":\"web_search_result_location\",\"cited_text\":");
            text(json, hasWords, words).ascii(",\"url\":").string(url).ascii(",\"title\":");
            text(json, hasTitle, title).ascii(",\"encrypted_index\":");
            text(json, hasIndex, index).ascii("}");
            return true;
        }
        if (own) {
            json.append(Bytes.utf8(OneLine.of(annotation.decode())));
        }
        return own;
    }

    private void object(boolean outer) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (outer && cursor.keyIs("url_citation") && cursor.peek() == '{') {
                object(false);
            } else if (cursor.keyIs("url")) {
                hasUrl = cursor.textOrSkip(url) != null;
            } else if (cursor.keyIs("title")) {
                hasTitle = cursor.textOrSkip(title) != null;
            } else if (cursor.keyIs("content")) {
                hasWords = cursor.textOrSkip(words) != null;
            } else if (cursor.keyIs("encrypted_index")) {
                hasIndex = cursor.textOrSkip(index) != null;
            } else {
                cursor.skip();
            }
        }
    }

    private static ByteBuilder text(ByteBuilder json, boolean present, JsonText text) {
        return present ? json.string(text) : json.ascii("\"\"");
    }
}
