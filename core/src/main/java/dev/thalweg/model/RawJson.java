package dev.thalweg.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of JSON as it came from a provider, untouched.
 *
 * @param text the JSON text
 */
public record RawJson(String text) {
    /**
     * This text if it is exactly one JSON value.
     *
     * @param where what gives the text, for the message
     * @throws IllegalArgumentException when it is not
     */
    static RawJson checked(String text, String where) {
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            if (parser.nextToken() == null) {
                throw notJson(where, "it is empty", null);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw notJson(where, "something follows the value", null);
            }
        } catch (JacksonException e) {
            throw notJson(where, e.getOriginalMessage(), e);
        }
        return new RawJson(text);
    }

    private static IllegalArgumentException notJson(String where, String problem, @Nullable Exception cause) {
        return new IllegalArgumentException(
                where + " takes JSON text, a string with its quotes; this is not JSON: " + problem, cause);
    }

    /**
     * This value as JSON: a text, a number, a list, a map, a record.
     *
     * @throws IllegalArgumentException when it cannot be
     */
    public static RawJson of(Object value) {
        try {
            return new RawJson(JsonMapper.shared().writeValueAsString(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "This " + value.getClass().getName() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The JSON as a value of this class: a record, a {@code Map}, a {@code List}.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public <T> T as(Class<T> type) {
        try {
            return JsonMapper.shared().readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "This JSON cannot be read as " + type.getName() + ": " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
