package dev.thalweg.core.dialect.gemini;

import java.util.regex.Pattern;

/** Ids for calls that the provider gave none: every other protocol wants one. They are made here and told nobody at Google. */
final class CallIds {
    private static final String PREFIX = "gemini_";
    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int LONGEST = 40;

    private CallIds() {}

    /** The id of the n-th call of this answer. */
    static String of(String answer, int n) {
        String plain = NOT_PLAIN.matcher(answer).replaceAll("");
        return PREFIX + plain.substring(0, Math.min(LONGEST, plain.length())) + "_" + n;
    }

    /** Whether an id was made here. */
    static boolean isMade(String id) {
        return id.startsWith(PREFIX);
    }
}
