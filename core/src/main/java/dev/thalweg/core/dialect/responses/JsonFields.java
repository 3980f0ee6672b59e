package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object of a request, by name, where they stand. A member that is null counts as absent. What is of
 * another kind than it has to be is the caller's fault, and the error names the place.
 */
final class JsonFields {
    /** More fields than any client sends: above it a body only means to fill the memory. */
    private static final int MOST_FIELDS = 1_000;

    private final String path;
    private final JsonValue whole;
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private JsonFields(String path, JsonValue whole) {
        this.path = path;
        this.whole = whole;
    }

    /**
     * The body in these bytes, which is checked whole.
     *
     * @throws RequestProblem when it is not a JSON object, or has a field twice
     */
    static JsonFields body(byte[] array, int offset, int length) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true).reset(array, offset, length);
        try {
            if (cursor.peek() != '{') {
                throw new RequestProblem("The request body must be a JSON object.", null, "invalid_json");
            }
            JsonFields body = new JsonFields("", new JsonValue().set(array, offset, offset + length));
            body.read(cursor, true);
            cursor.finish();
            return body;
        } catch (JsonSyntaxException e) {
            throw new RequestProblem(
                    "The request body is not valid JSON: " + e.getMessage() + ".", null, "invalid_json");
        }
    }

    /** The object that stands there; {@code path} is where in the request that is. */
    static JsonFields of(JsonValue value, String path) {
        expect(kind(value) == '{', path, "an object");
        JsonFields fields = new JsonFields(path, value);
        fields.read(cursor(value), false);
        return fields;
    }

    private void read(JsonCursor cursor, boolean onlyOnce) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            String name = cursor.key().decode();
            JsonValue value = new JsonValue();
            cursor.skip(value);
            boolean twice = members.put(name, value) != null;
            if (onlyOnce && twice) {
                throw new RequestProblem("'" + name + "' is given twice.", name, "duplicate_parameter");
            }
            if (members.size() > MOST_FIELDS) {
                throw new RequestProblem(
                        "An object has more than " + MOST_FIELDS + " fields.", path(""), "too_many_fields");
            }
        }
    }

    /** Where a member stands in the request. */
    String path(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    Set<String> names() {
        return members.keySet();
    }

    boolean has(String name) {
        return get(name) != null;
    }

    @Nullable
    JsonValue get(String name) {
        JsonValue value = members.get(name);
        return value == null || kind(value) == 'n' ? null : value;
    }

    /** The whole object as it is spelled. */
    RawJson raw() {
        return new RawJson(whole.decode());
    }

    @Nullable
    RawJson raw(String name) {
        JsonValue value = get(name);
        return value == null ? null : new RawJson(value.decode());
    }

    @Nullable
    String text(String name) {
        JsonValue value = get(name);
        return value == null ? null : text(value, path(name));
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw new RequestProblem("Missing required field '" + path(name) + "'.", path(name), "missing_parameter");
        }
        return text;
    }

    @Nullable
    JsonFields object(String name) {
        JsonValue value = get(name);
        return value == null ? null : of(value, path(name));
    }

    /** The elements of a list; none where it is absent. */
    List<JsonValue> list(String name) {
        JsonValue value = get(name);
        return value == null ? List.of() : list(value, path(name));
    }

    @Nullable
    Boolean bool(String name) {
        JsonValue value = get(name);
        if (value == null) {
            return null;
        }
        expect(kind(value) == 't' || kind(value) == 'f', path(name), "true or false");
        return kind(value) == 't';
    }

    @Nullable
    Double number(String name) {
        JsonValue value = get(name);
        if (value == null) {
            return null;
        }
        expect(isNumber(value), path(name), "a number");
        double number = Double.parseDouble(value.decode());
        expect(Double.isFinite(number), path(name), "a number of a usual size");
        return number;
    }

    /** A whole number, 0 or more. */
    @Nullable
    Integer count(String name) {
        JsonValue value = get(name);
        if (value == null) {
            return null;
        }
        JsonCursor cursor = cursor(value);
        long count = cursor.countOrSkip();
        boolean whole = isNumber(value) && count >= 0 && count <= Integer.MAX_VALUE && cursor.isDigits(value.start());
        expect(whole, path(name), "a whole number");
        return (int) count;
    }

    /** The first character of a value. */
    static char kind(JsonValue value) {
        return (char) value.array()[value.start()];
    }

    static String text(JsonValue value, String path) {
        expect(kind(value) == '"', path, "a string");
        JsonText text = new JsonText();
        cursor(value).readText(text);
        return text.decode();
    }

    static List<JsonValue> list(JsonValue value, String path) {
        expect(kind(value) == '[', path, "an array");
        List<JsonValue> elements = new ArrayList<>();
        JsonCursor cursor = cursor(value);
        cursor.enterArray();
        while (cursor.nextElement()) {
            JsonValue element = new JsonValue();
            cursor.skip(element);
            elements.add(element);
        }
        return elements;
    }

    static void expect(boolean holds, String path, String what) {
        if (!holds) {
            throw new RequestProblem("'" + path + "' must be " + what + ".", path, "invalid_parameter_type");
        }
    }

    private static boolean isNumber(JsonValue value) {
        return kind(value) == '-' || (kind(value) >= '0' && kind(value) <= '9');
    }

    private static JsonCursor cursor(JsonValue value) {
        return new JsonCursor(JsonCursor.DEFAULT_DEPTH, false)
                .reset(value.array(), value.start(), value.end() - value.start());
    }
}
