package dev.thalweg.core.dialect.cohere;

/** JSON from outside, made fit for an event: it stands on one line there, for every reader's idea of a line. */
final class OneLine {
    private OneLine() {}

    /** The same JSON. Line ends stand between its tokens, where a blank will do; in a string they can be escaped. */
    static String of(String json) {
        StringBuilder line = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '\n', '\r' -> line.append(' ');
                case '\u0085' -> line.append("\\u0085");
                case '\u2028' -> line.append("\\u2028");
                case '\u2029' -> line.append("\\u2029");
                default -> line.append(c);
            }
        }
        return line.toString();
    }
}
