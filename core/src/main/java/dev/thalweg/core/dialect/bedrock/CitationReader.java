package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Reads a citation: one of a page in the web is told as OpenAI spells it, with the words cited as {@code content}. Places in
 * documents have no such spelling and stay as they are.
 */
final class CitationReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonText words = new JsonText();
    private final JsonValue told = new JsonValue();
    private boolean hasUrl;
    private boolean hasTitle;
    private boolean hasWords;

    /** The annotation; valid until the next one is read. */
    JsonValue read(JsonValue citation) {
        hasUrl = false;
        hasTitle = false;
        hasWords = false;
        cursor.reset(citation.array(), citation.start(), citation.end() - citation.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("title")) {
                hasTitle = cursor.textOrSkip(title) != null;
            } else if (cursor.keyIs("sourceContent") && cursor.peek() == '[') {
                words();
            } else if (cursor.keyIs("location") && cursor.peek() == '{') {
                location(true);
            } else {
                cursor.skip();
            }
        }
        if (!hasUrl) {
            return citation;
        }
        ByteBuilder json = new ByteBuilder(citation.end() - citation.start() + 64);
        json.ascii("{\"type\":\"url_citation\",\"url_citation\":{\"url\":").string(url);
        if (hasTitle) {
            json.ascii(",\"title\":").string(title);
        }
        if (hasWords) {
            json.ascii(",\"content\":").string(words);
        }
        json.ascii("}}");
        return told.set(json.array(), 0, json.length());
    }

    /** A text with its citations: {@code citationsContent}. */
    void tell(JsonValue content, FrameSink sink) {
        JsonCursor outer = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        JsonText text = new JsonText();
        JsonValue element = new JsonValue();
        outer.reset(content.array(), content.start(), content.end() - content.start());
        outer.enterObject();
        while (outer.nextMember()) {
            boolean texts = outer.keyIs("content");
            boolean cited = outer.keyIs("citations");
            if (outer.peek() != '[' || !(texts || cited)) {
                outer.skip();
                continue;
            }
            outer.enterArray();
            while (outer.nextElement()) {
                boolean object = outer.peek() == '{';
                outer.skip(element);
                if (object && cited) {
                    sink.annotation(0, read(element));
                } else if (object && firstText(element, text)) {
                    sink.text(0, text);
                }
            }
        }
    }

    private void words() {
        JsonValue element = new JsonValue();
        cursor.enterArray();
        while (cursor.nextElement()) {
            boolean object = cursor.peek() == '{';
            cursor.skip(element);
            if (object && !hasWords) {
                hasWords = firstText(element, words);
            }
        }
    }

    private void location(boolean outer) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (outer && cursor.keyIs("web") && cursor.peek() == '{') {
                location(false);
            } else if (!outer && cursor.keyIs("url")) {
                hasUrl = cursor.textOrSkip(url) != null;
            } else {
                cursor.skip();
            }
        }
    }

    private static boolean firstText(JsonValue object, JsonText into) {
        JsonCursor members = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        members.reset(object.array(), object.start(), object.end() - object.start());
        boolean found = false;
        members.enterObject();
        while (members.nextMember()) {
            if (members.keyIs("text")) {
                found = members.textOrSkip(into) != null && !into.isEmpty();
            } else {
                members.skip();
            }
        }
        return found;
    }
}
