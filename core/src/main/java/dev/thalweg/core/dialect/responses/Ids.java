package dev.thalweg.core.dialect.responses;

/** Ids of an answer and its items, made from the request's: the same request has the same ids. */
final class Ids {
    /** OpenAI refuses ids longer than 64 characters where they come back. */
    private static final int LONGEST = 40;

    private final String base;

    Ids(String requestId) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < requestId.length() && plain.length() < LONGEST; i++) {
            char c = requestId.charAt(i);
            boolean kept = c < 128 && (Character.isLetterOrDigit(c) || c == '-');
            plain.append(kept ? String.valueOf(c) : "");
        }
        base = plain.isEmpty() ? "0" : plain.toString();
    }

    String response() {
        return "resp_" + base;
    }

    /** Of the item at this place; {@code kind} is what OpenAI's begin with: {@code msg}, {@code fc}, {@code rs}. */
    String item(String kind, int index) {
        return kind + "_" + base + "_" + index;
    }
}
