package dev.thalweg.config;

/** Model names with {@code *} for any text, also none. */
final class Wildcard {
    private Wildcard() {}

    static int stars(String pattern) {
        return (int) pattern.chars().filter(letter -> letter == '*').count();
    }

    /** Linear in time: on a mismatch only the last star is tried again. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int index = 0; index < text.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = index;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(index)) {
                at++;
                index++;
            } else if (star >= 0) {
                at = star + 1;
                index = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
