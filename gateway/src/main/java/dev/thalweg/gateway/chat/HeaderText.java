package dev.thalweg.gateway.chat;

/** Configured names as values of headers: what a header cannot carry becomes a question mark. */
final class HeaderText {
    private HeaderText() {}

    static String of(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!fits(name.charAt(i))) {
                return replaced(name);
            }
        }
        return name;
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
