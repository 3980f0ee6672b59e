package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Reads a citation: one of a page in the web is told as OpenAI spells it, with the words cited as {@code content} and the
 * provider's own {@code encrypted_index}, which it wants back. Places in documents have no such spelling and stay as they are.
 */
final class CitationReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonText words = new JsonText();
    private final JsonText index = new JsonText();
    private final JsonValue told = new JsonValue();

    /** The annotation; valid until the next one is read. */
    JsonValue read(JsonValue citation) {
        boolean hasUrl = false;
        boolean hasTitle = false;
        boolean hasWords = false;
        boolean hasIndex = false;
        cursor.reset(citation.array(), citation.start(), citation.end() - citation.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("url")) {
                hasUrl = cursor.textOrSkip(url) != null;
            } else if (cursor.keyIs("title")) {
                hasTitle = cursor.textOrSkip(title) != null;
            } else if (cursor.keyIs("cited_text")) {
                hasWords = cursor.textOrSkip(words) != null;
            } else if (cursor.keyIs("encrypted_index")) {
                hasIndex = cursor.textOrSkip(index) != null;
            } else {
                cursor.skip();
            }
        }
        if (!hasUrl) {
            return citation;
        }
        ByteBuilder json = new ByteBuilder(citation.end() - citation.start() + 64);
        json.ascii("{\"type\":\"url_citation\",\"url_citation\":{\"url\":").string(url);
        member(json, "title", hasTitle, title);
        member(json, "content", hasWords, words);
        member(json, "encrypted_index", hasIndex, index);
        json.ascii("}}");
        return told.set(json.array(), 0, json.length());
    }

    private static void member(ByteBuilder json, String name, boolean present, JsonText value) {
        if (present) {
            json.ascii(",\"").ascii(name).ascii("\":").string(value);
        }
    }
}
