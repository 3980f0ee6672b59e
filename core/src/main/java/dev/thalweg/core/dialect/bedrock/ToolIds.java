package dev.thalweg.core.dialect.bedrock;

import java.util.regex.Pattern;

/** Ids of tools' calls: letters, digits, hyphens and underscores, 64 at most. */
final class ToolIds {
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int LONGEST = 64;

    private ToolIds() {}

    /** The text without the characters that are not allowed. */
    static String plain(String text) {
        return NOT_PLAIN.matcher(text).replaceAll("");
    }

    /** The id of another provider, as it is allowed here; a long one keeps its end, which tells it from others. */
    static String allowed(String id) {
        String plain = NOT_PLAIN.matcher(id).replaceAll("_");
        return plain.length() <= LONGEST ? plain : plain.substring(plain.length() - LONGEST);
    }
}
