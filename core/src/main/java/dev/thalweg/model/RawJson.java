package dev.thalweg.model;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of JSON as it came from a provider, untouched.
 *
 * @param text the JSON text
 */
public record RawJson(String text) {
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
