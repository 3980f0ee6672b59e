package dev.thalweg.core.stream.property;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an answer is known not to be put together to itself. They are reported; any other difference fails the run. */
final class Known {
    private static final Map<Pattern, String> DIFFERENCES = new LinkedHashMap<>();

    static {
        known(
                "stream, calls out of order",
                "calls are listed in the order they began, also where a later index began first");
        known(
                "(stream|document) .*rounded",
                "numbers of more digits than a double has lose them where pieces are merged");
        known(
                "(stream|document) \\.choices\\[]\\.message\\.thinking_blocks lost",
                "blocks of thinking of which none is signed or redacted are left out: reasoning_content has their text");
        known(
                "stream \\.choices\\[]\\.message\\.thinking_blocks(\\[].*)? .*",
                "a block that is not signed loses its text to a redacted one after it, where text came between");
        known(
                "stream \\.choices\\[]\\.message\\.tool_calls\\[]\\.(custom lost|function made up|type differs)",
                "a type of null after a custom call's own member makes it a function's, where no other type comes");
        known("(stream|document) \\.x_groq lost", "what x_groq has beside usage is left out");
        known("stream \\.p made up", "Mistral's padding is taken for a field of the answer");
    }

    private Known() {}

    private static void known(String key, String why) {
        DIFFERENCES.put(Pattern.compile(key), why);
    }

    /** Why it is so; null for a difference nobody knows of. */
    static @Nullable String why(String key) {
        for (Map.Entry<Pattern, String> known : DIFFERENCES.entrySet()) {
            if (known.getKey().matcher(key).matches()) {
                return known.getValue();
            }
        }
        return null;
    }
}
