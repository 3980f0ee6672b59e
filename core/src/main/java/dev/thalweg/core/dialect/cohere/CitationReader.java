package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;

/**
 * Reads a citation: it is told whole, as a further field of the message ({@link CohereDialect#CITATIONS}), and each of its sources
 * that is a page in the web as OpenAI spells it.
 */
final class CitationReader {
    private static final JsonText CITATIONS = JsonText.of(CohereDialect.CITATIONS);

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonCursor inside = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText words = new JsonText();
    private final JsonText url = new JsonText();
    private final JsonText title = new JsonText();
    private final JsonValue sources = new JsonValue();
    private final JsonValue source = new JsonValue();
    private final JsonValue told = new JsonValue();
    private long start;
    private long end;
    private boolean hasWords;
    private boolean hasSources;
    private boolean hasUrl;
    private boolean hasTitle;

    /** Tells a citation. */
    void tell(JsonValue citation, FrameSink sink) {
        ByteBuilder list = new ByteBuilder(citation.end() - citation.start() + 2);
        list.ascii("[").value(citation).ascii("]");
        sink.extra(ExtraField.Owner.MESSAGE, 0, CITATIONS, told.set(list.array(), 0, list.length()));
        read(citation);
        if (!hasSources) {
            return;
        }
        inside.reset(sources.array(), sources.start(), sources.end() - sources.start());
        inside.enterArray();
        while (inside.nextElement()) {
            boolean object = inside.peek() == '{';
            inside.skip(source);
            if (object) {
                source(sink);
            }
        }
    }

    private void read(JsonValue citation) {
        start = -1;
        end = -1;
        hasWords = false;
        hasSources = false;
        cursor.reset(citation.array(), citation.start(), citation.end() - citation.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("start")) {
                start = cursor.countOrSkip();
            } else if (cursor.keyIs("end")) {
                end = cursor.countOrSkip();
            } else if (cursor.keyIs("text")) {
                hasWords = cursor.textOrSkip(words) != null;
            } else if (cursor.keyIs("sources")) {
                hasSources = cursor.peek() == '[';
                cursor.skip(sources);
            } else {
                cursor.skip();
            }
        }
    }

    private void source(FrameSink sink) {
        hasUrl = false;
        hasTitle = false;
        cursor.reset(source.array(), source.start(), source.end() - source.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean data = cursor.keyIs("document") || cursor.keyIs("tool_output");
            if (data && cursor.peek() == '{') {
                data();
            } else {
                cursor.skip();
            }
        }
        if (!hasUrl || url.isEmpty()) {
            return;
        }
        ByteBuilder json = new ByteBuilder(256).ascii("{\"type\":\"url_citation\",\"url_citation\":{\"url\":");
        json.string(url);
        if (hasTitle) {
            json.ascii(",\"title\":").string(title);
        }
        if (start >= 0 && end >= 0) {
            json.ascii(",\"start_index\":")
                    .number(start)
                    .ascii(",\"end_index\":")
                    .number(end);
        }
        if (hasWords) {
            json.ascii(",\"content\":").string(words);
        }
        json.ascii("}}");
        sink.annotation(0, told.set(json.array(), 0, json.length()));
    }

    /** What the caller said of a document, or a tool gave back: its members are his own to name. */
    private void data() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("url")) {
                hasUrl = cursor.textOrSkip(url) != null;
            } else if (cursor.keyIs("title")) {
                hasTitle = cursor.textOrSkip(title) != null;
            } else {
                cursor.skip();
            }
        }
    }
}
