package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Citations in the two spellings of OpenAI's: flat here, <code>{"type":"url_citation","url":…}</code>, and with an object inside
 * in chat completions, <code>{"type":"url_citation","url_citation":{"url":…}}</code>. Others are the same in both.
 */
final class Annotations {
    private static final String CITATION = "url_citation";

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText type = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue inside = new JsonValue();
    private final JsonValue value = new JsonValue();
    private final ByteBuilder json = new ByteBuilder(256);
    private boolean hasInside;

    /** As chat completions spell it. The view is valid until the next call. */
    JsonValue nested(JsonValue flat) {
        if (!isCitation(flat) || hasInside) {
            return flat;
        }
        json.clear().ascii("{\"type\":\"url_citation\",\"url_citation\":{");
        String comma = "";
        enter(flat);
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                cursor.skip();
                continue;
            }
            cursor.skipMember(name, value);
            json.ascii(comma).ascii("\"");
            SafeText.append(json, name).ascii("\":");
            SafeText.append(json, value);
            comma = ",";
        }
        json.ascii("}}");
        return value.set(json.array(), 0, json.length());
    }

    /** As this protocol spells it. The view is valid until the next call. */
    JsonValue flat(JsonValue nested) {
        if (!isCitation(nested) || !hasInside) {
            return nested;
        }
        json.clear().ascii("{\"type\":\"url_citation\"");
        enter(inside);
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                cursor.skip();
                continue;
            }
            cursor.skipMember(name, value);
            json.ascii(",\"");
            SafeText.append(json, name).ascii("\":");
            SafeText.append(json, value);
        }
        json.ascii("}");
        return value.set(json.array(), 0, json.length());
    }

    private boolean isCitation(JsonValue annotation) {
        hasInside = false;
        boolean citation = false;
        if (JsonFields.kind(annotation) != '{') {
            return false;
        }
        enter(annotation);
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                citation = cursor.textOrSkip(type) != null && type.is(CITATION);
            } else if (cursor.keyIs(CITATION)) {
                cursor.skip(inside);
                hasInside = JsonFields.kind(inside) == '{';
            } else {
                cursor.skip();
            }
        }
        return citation;
    }

    private void enter(JsonValue object) {
        cursor.reset(object.array(), object.start(), object.end() - object.start());
        cursor.enterObject();
    }
}
