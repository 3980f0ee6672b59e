package dev.thalweg.core.error;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes out of a provider's text what must not reach a log or another caller: OpenAI echoes parts of keys in a 401. */
public final class Redaction {
    private static final Pattern KEYS = Pattern.compile(
            "(?i)(?:bearer\\s+\\S+|\\b(?:sk|pk|rk|gsk|xai|pplx|csk|hf|fw|tgp|nvapi|key)[-_][\\w*.-]{6,}|\\bAIza[\\w*-]{8,}"
                    + "|\\beyJ[\\w-]{8,}\\.[\\w.-]+)");
    private static final Pattern WORD = Pattern.compile("[\\w.:/-]{1,64}");
    private static final int LONGEST_MESSAGE = 2_000;

    private Redaction() {}

    /** The text without anything that looks like a key, cut to two thousand characters. */
    public static String message(String text) {
        String cut = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
        return text(cut);
    }

    /** All of the text without anything that looks like a key. */
    public static String text(String text) {
        return KEYS.matcher(text).replaceAll("***");
    }

    /**
     * A provider's word, such as an error's type or code or a finish reason; null where it is no word but a text, which
     * could hold what a log must not.
     */
    public static @Nullable String word(@Nullable String text) {
        boolean usual = text != null && (text.equals("stop") || text.equals("length") || text.equals("tool_calls"));
        return usual || (text != null && WORD.matcher(text).matches()) ? text : null;
    }
}
