package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonCursor;
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
 * The members of an object in a caller's body, whose types are checked as they are asked for. A null counts as left out. The
 * body was read once before: what is read here is valid JSON.
 */
public final class Members {
    /** More fields than any client sends: above it a body only means to fill the memory. */
    private static final int MOST = 1_000;

    private final JsonCursor cursor;
    private final String path;
    private final Map<String, JsonValue> values = new LinkedHashMap<>();

    /** The members of this object, which is called so in messages: {@code messages[0]}; empty for the body itself. */
    public Members(JsonCursor cursor, JsonValue object, String path) {
        this.cursor = cursor;
        this.path = path;
        at(object);
        if (cursor.peek() != '{') {
            throw problem("'" + path + "' must be an object.", path, "invalid_parameter_type");
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            String name = cursor.key().decode();
            JsonValue value = new JsonValue();
            cursor.skip(value);
            if (values.put(name, value) != null) {
                throw problem("'" + path(name) + "' is given twice.", path(name), "duplicate_parameter");
            }
            if (values.size() > MOST) {
                throw problem("'" + path + "' has more than " + MOST + " fields.", path, "too_many_fields");
            }
        }
    }

    /** Whether it has this member, and not as null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** A text; null where it is left out. */
    public @Nullable String text(String name) {
        JsonValue value = value(name);
        return value == null ? null : text(value, path(name));
    }

    /** A text that must be there. */
    public String required(String name) {
        String text = text(name);
        if (text == null) {
            throw problem("Missing required field '" + path(name) + "'.", path(name), "missing_parameter");
        }
        return text;
    }

    /** True or false; null where it is left out. */
    public @Nullable Boolean bool(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        int first = first(value);
        if (first != 't' && first != 'f') {
            throw type(name, "true or false");
        }
        return first == 't';
    }

    /** A whole number; null where it is left out. */
    public @Nullable Integer count(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        at(value);
        int start = value.start();
        long count = cursor.countOrSkip();
        if (count < 0 || !cursor.isDigits(start)) {
            throw type(name, "a whole number");
        }
        if (count > Integer.MAX_VALUE) {
            throw problem(
                    "'" + path(name) + "' must be at most " + Integer.MAX_VALUE + ".",
                    path(name),
                    "invalid_parameter_value");
        }
        return (int) count;
    }

    /** A whole number of any size and sign that Java has a type for; null where it is left out. */
    public @Nullable Long whole(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value.decode());
        } catch (NumberFormatException e) {
            throw type(name, "a whole number");
        }
    }

    /** A number; null where it is left out. */
    public @Nullable Double number(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        int first = first(value);
        if (first != '-' && (first < '0' || first > '9')) {
            throw type(name, "a number");
        }
        double number = Double.parseDouble(value.decode());
        if (!Double.isFinite(number)) {
            throw problem("'" + path(name) + "' is too large.", path(name), "invalid_parameter_value");
        }
        return number;
    }

    /** An object; null where it is left out. */
    public @Nullable Members object(String name) {
        JsonValue value = value(name);
        return value == null ? null : new Members(cursor, value, path(name));
    }

    /** The elements of a list; none where it is left out. */
    public List<JsonValue> list(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return List.of();
        }
        if (first(value) != '[') {
            throw type(name, "an array");
        }
        return elements(value);
    }

    /** The texts of a list; none where it is left out. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : list(name)) {
            texts.add(text(value, path(name) + "[" + texts.size() + "]"));
        }
        return texts;
    }

    /** Whether the member is a text, where it may be something else too. */
    public boolean isText(String name) {
        JsonValue value = value(name);
        return value != null && first(value) == '"';
    }

    /** Whether the member is an object, where it may be something else too. */
    public boolean isObject(String name) {
        JsonValue value = value(name);
        return value != null && first(value) == '{';
    }

    /** Whether the member is a number, where it may be something else too. */
    public boolean isNumber(String name) {
        JsonValue value = value(name);
        return value != null && first(value) >= '0' && first(value) <= '9';
    }

    /** Whether the member is a list, where it may be something else too. */
    public boolean isList(String name) {
        JsonValue value = value(name);
        return value != null && first(value) == '[';
    }

    /** The member as it was sent; null where it is left out. */
    public @Nullable RawJson raw(String name) {
        JsonValue value = value(name);
        return value == null ? null : new RawJson(value.decode());
    }

    /** The members that are not among these, as they were sent. */
    public Map<String, RawJson> others(Set<String> known) {
        Map<String, RawJson> others = new LinkedHashMap<>(0);
        values.forEach((name, value) -> {
            if (!known.contains(name) && has(name)) {
                others.put(name, new RawJson(value.decode()));
            }
        });
        return others;
    }

    /** The names of all members. */
    public Set<String> names() {
        return values.keySet();
    }

    /** What a member is called in messages. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** What the object itself is called in messages. */
    public String path() {
        return path;
    }

    /** What reads the body. */
    public JsonCursor cursor() {
        return cursor;
    }

    /** The caller's mistake; {@code param} is empty or null where it is the whole body. */
    public static RequestProblem problem(String message, @Nullable String param, String code) {
        return new RequestProblem(message, param == null || param.isEmpty() ? null : param, code);
    }

    private @Nullable JsonValue value(String name) {
        JsonValue value = values.get(name);
        return value == null || first(value) == 'n' ? null : value;
    }

    private List<JsonValue> elements(JsonValue list) {
        List<JsonValue> elements = new ArrayList<>();
        at(list);
        cursor.enterArray();
        while (cursor.nextElement()) {
            JsonValue element = new JsonValue();
            cursor.skip(element);
            elements.add(element);
        }
        return elements;
    }

    private String text(JsonValue value, String name) {
        if (first(value) != '"') {
            throw problem("'" + name + "' must be a string.", name, "invalid_parameter_type");
        }
        at(value);
        JsonText text = new JsonText();
        cursor.readText(text);
        return text.decode();
    }

    private RequestProblem type(String name, String what) {
        return problem("'" + path(name) + "' must be " + what + ".", path(name), "invalid_parameter_type");
    }

    private void at(JsonValue value) {
        cursor.reset(value.array(), value.start(), value.end() - value.start());
    }

    private static int first(JsonValue value) {
        return value.array()[value.start()];
    }
}
