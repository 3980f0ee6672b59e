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
                "(stream|document) \\.choices\\[]\\.message\\.thinking_blocks lost",
                "blocks of thinking of which none is signed or redacted are left out: reasoning_content has their text");
        known("stream \\.x_groq\\.usage made up", "x_groq keeps the usage it came with, beside the answer's own");
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
