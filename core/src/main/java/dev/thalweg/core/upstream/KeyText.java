package dev.thalweg.core.upstream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and names as messages show them: a key pasted into the wrong place must not come out in a log. */
public final class KeyText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,47}");

    private KeyText() {}

    /** The key, up to the first character that no key has. */
    public static String of(String key) {
        Matcher matcher = NAME.matcher(key);
        if (matcher.matches()) {
            return key;
        }
        return matcher.lookingAt() && matcher.end() < 24 ? matcher.group() + "…" : "…";
    }

    /** A model or host name: printable, and not longer than a line. */
    public static String name(String name) {
        String printable = name.replaceAll("[^\\p{Print}]", "?");
        return printable.length() > 100 ? printable.substring(0, 100) + "…" : printable;
    }
}
