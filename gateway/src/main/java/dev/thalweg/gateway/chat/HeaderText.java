package dev.thalweg.gateway.chat;

/** Configured names as values of headers: what a header cannot carry becomes a question mark. */
final class HeaderText {
    private static final int LONGEST_TEXT = 1_000;

    private HeaderText() {}

    static String of(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!fits(name.charAt(i))) {
                return replaced(name);
            }
        }
        return name;
    }

    /** A text of several words, as it can stand in a header: what cannot is a question mark, and the end of a long one is cut. */
    static String words(String text) {
        StringBuilder shown = new StringBuilder(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        for (int i = 0; i < shown.length(); i++) {
            if (shown.charAt(i) != ' ' && !fits(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }

    private static String replaced(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < text.length(); i++) {
            if (!fits(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }

    private static boolean fits(char c) {
        return c > ' ' && c < 0x7F;
    }
}
