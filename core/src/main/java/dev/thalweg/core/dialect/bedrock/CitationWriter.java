package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** Writes what a text cites, from OpenAI's spelling. */
final class CitationWriter {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false);
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonText words = new JsonText();
    private boolean hasUrl;
    private boolean hasTitle;
    private boolean hasWords;

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
        cursor.reset(annotation.array(), annotation.start(), annotation.end() - annotation.start());
        if (cursor.peek() != '{') {
            return false;
        }
        object(true);
        if (!hasUrl) {
            if (own) {
                json.value(annotation);
            }
            return own;
        }
        json.ascii("{");
        if (hasTitle) {
            json.ascii("\"title\":").string(title).ascii(",");
        }
        if (hasWords) {
            json.ascii("\"sourceContent\":[{\"text\":").string(words).ascii("}],");
        }
        json.ascii("\"location\":{\"web\":{\"url\":").string(url).ascii("}}}");
        return true;
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
            } else {
                cursor.skip();
            }
        }
    }
}
