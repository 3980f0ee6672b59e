package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes what a text cites, from OpenAI's spelling: a page in the web becomes a document that has a URL. */
final class CitationWriter {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false);
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonText words = new JsonText();
    private boolean hasUrl;
    private boolean hasTitle;
    private boolean hasWords;
    private long start;
    private long end;

    /** The citations of a list in this protocol's own spelling, each apart; none where it is no list. */
    static List<ByteBuilder> own(JsonValue list) {
        List<ByteBuilder> citations = new ArrayList<>(1);
        JsonCursor elements = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false);
        elements.reset(list.array(), list.start(), list.end() - list.start());
        if (elements.peek() == '[') {
            JsonValue element = new JsonValue();
            elements.enterArray();
            while (elements.nextElement()) {
                boolean object = elements.peek() == '{';
                elements.skip(element);
                if (object) {
                    citations.add(new ByteBuilder(256).append(Bytes.utf8(OneLine.of(element.decode()))));
                }
            }
        }
        return citations;
    }

    /** Appends the citation; false, and nothing, where it cannot be said. */
    boolean write(ByteBuilder json, JsonValue annotation) {
        hasUrl = false;
        hasTitle = false;
        hasWords = false;
        start = -1;
        end = -1;
        cursor.reset(annotation.array(), annotation.start(), annotation.end() - annotation.start());
        if (cursor.peek() != '{') {
            return false;
        }
        object(true);
        if (!hasUrl) {
            return false;
        }
        json.ascii("{");
        if (start >= 0 && end >= 0) {
            json.ascii("\"start\":")
                    .number(start)
                    .ascii(",\"end\":")
                    .number(end)
                    .ascii(",");
        }
        if (hasWords) {
            json.ascii("\"text\":").string(words).ascii(",");
        }
        json.ascii("\"sources\":[{\"type\":\"document\",\"id\":").string(url);
        json.ascii(",\"document\":{\"id\":").string(url).ascii(",\"url\":").string(url);
        if (hasTitle) {
            json.ascii(",\"title\":").string(title);
        }
        json.ascii("}}],\"type\":\"TEXT_CONTENT\"}");
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
            } else if (cursor.keyIs("start_index")) {
                start = cursor.countOrSkip();
            } else if (cursor.keyIs("end_index")) {
                end = cursor.countOrSkip();
            } else {
                cursor.skip();
            }
        }
    }
}
