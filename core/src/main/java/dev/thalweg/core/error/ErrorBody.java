package dev.thalweg.core.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's error body says, in its own words.
 *
 * @param message the text for people; empty where there was none
 * @param type the error's type
 * @param code the error's code; a number is kept as its digits
 * @param param the request field at fault
 * @param status an HTTP status inside the body, 0 where there is none (OpenRouter, Groq and vLLM put one there)
 * @param further JSON text on one line by name: what the provider says beside these, in its order; may be empty
 */
public record ErrorBody(
        String message,
        @Nullable String type,
        @Nullable String code,
        @Nullable String param,
        int status,
        Map<String, String> further) {

    /** Copies the further members, keeping their order. */
    public ErrorBody {
        further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
    }

    /** A body that says no more than this. */
    public ErrorBody(String message, @Nullable String type, @Nullable String code, @Nullable String param, int status) {
        this(message, type, code, param, status, Map.of());
    }

    /** A body of which only a text is known. */
    public static ErrorBody ofText(String message) {
        return new ErrorBody(message, null, null, null, 0);
    }
}
