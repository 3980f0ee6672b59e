package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a caller's body, and names the field where one is not of its type. {@code where} is the place of the
 * object that a field stands in, {@code messages[2].content[0]} for example; empty for the body itself. Not thread-safe.
 */
final class BodyValues {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true);
    private final JsonText text = new JsonText();
    private final JsonValue value = new JsonValue();

    /** Where it reads. */
    JsonCursor cursor() {
        return cursor;
    }

    /** Whether a null is ahead; steps over it. */
    boolean skipsNull() {
        boolean isNull = cursor.peek() == 'n';
        if (isNull) {
            cursor.skip();
        }
        return isNull;
    }

    /** The string ahead. */
    String text(String where, String name) {
        if (cursor.peek() != '"') {
            throw wrongType(where, name, "a string");
        }
        cursor.readText(text);
        return text.decode();
    }

    /** The string ahead; null for a null. */
    @Nullable
    String textOrNull(String where, String name) {
        return skipsNull() ? null : text(where, name);
    }

    /** The truth value ahead. */
    boolean bool(String where, String name) {
        int first = cursor.peek();
        if (first != 't' && first != 'f') {
            throw wrongType(where, name, "true or false");
        }
        cursor.skip();
        return first == 't';
    }

    /** The number ahead. */
    double number(String where, String name) {
        int first = cursor.peek();
        double number = first == '-' || (first >= '0' && first <= '9') ? Double.parseDouble(json()) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrongType(where, name, "a number");
        }
        return number;
    }

    /** The whole number ahead, if it is none below this. */
    int count(String where, String name, int lowest) {
        long number = whole(where, name);
        if (number < lowest || number > Integer.MAX_VALUE) {
            throw new RequestProblem(
                    "'" + path(where, name) + "' must be between " + lowest + " and " + Integer.MAX_VALUE + ".",
                    path(where, name),
                    "invalid_parameter_value");
        }
        return (int) number;
    }

    /** The whole number ahead. */
    long whole(String where, String name) {
        int first = cursor.peek();
        if (first == '-' || (first >= '0' && first <= '9')) {
            try {
                return Long.parseLong(json());
            } catch (NumberFormatException e) {
                // It has a fraction, or too many digits.
            }
        }
        throw wrongType(where, name, "a whole number");
    }

    /** Steps into the object ahead; false for a null. */
    boolean entersObject(String where, String name) {
        if (skipsNull()) {
            return false;
        }
        if (cursor.peek() != '{') {
            throw wrongType(where, name, "an object");
        }
        cursor.enterObject();
        return true;
    }

    /** Steps into the array ahead; false for a null. */
    boolean entersArray(String where, String name) {
        if (skipsNull()) {
            return false;
        }
        if (cursor.peek() != '[') {
            throw wrongType(where, name, "an array");
        }
        cursor.enterArray();
        return true;
    }

    /** The value ahead as it is spelled. */
    RawJson raw() {
        return new RawJson(json());
    }

    /** Everything from this position on, as it is spelled. */
    RawJson since(int start) {
        cursor.since(start, value);
        return new RawJson(value.decode());
    }

    /** Keeps the member ahead under its name; a null says nothing. */
    @Nullable
    Map<String, RawJson> keep(@Nullable Map<String, RawJson> kept) {
        String name = cursor.key().decode();
        if (skipsNull()) {
            return kept;
        }
        Map<String, RawJson> fields = kept == null ? new LinkedHashMap<>(4) : kept;
        fields.put(name, raw());
        return fields;
    }

    /** Fields that may be none. */
    static Map<String, RawJson> orNone(@Nullable Map<String, RawJson> fields) {
        return fields == null ? Map.of() : fields;
    }

    static RequestProblem wrongType(String where, String name, String what) {
        String path = path(where, name);
        return new RequestProblem("'" + path + "' must be " + what + ".", path, "invalid_parameter_type");
    }

    static RequestProblem wrongValue(String where, String name, String what) {
        String path = path(where, name);
        return new RequestProblem("'" + path + "' must be " + what + ".", path, "invalid_parameter_value");
    }

    static RequestProblem missing(String where, String name) {
        String path = path(where, name);
        return new RequestProblem("Missing required field '" + path + "'.", path, "missing_parameter");
    }

    private static String path(String where, String name) {
        return where.isEmpty() ? name : name.isEmpty() ? where : where + "." + name;
    }

    private String json() {
        cursor.skip(value);
        return value.decode();
    }
}
