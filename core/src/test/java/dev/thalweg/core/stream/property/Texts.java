package dev.thalweg.core.stream.property;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Texts that hurt, and where they may be cut. */
final class Texts {
    private static final String[] WORDS = {
        "the ",
        "Hello",
        " world",
        ", ",
        ". ",
        "a",
        " ",
        "Straße ",
        "naïve ",
        "日本語",
        "שלום ",
        "مرحبا ",
        "🦊",
        "👩‍👩‍👧",
        "\uD835\uDD38",
        "\u2028",
        "\u2029",
        "\u200F",
        "\uFEFF",
        "\uFFFD",
        "\"",
        "\\",
        "\\\"",
        "\\u0041",
        "/",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "\b\f",
        "\0",
        "\u0001",
        "\u001F",
        "\u007F",
        "\u0085",
        "data: [DONE]\n\n",
        "[DONE]",
        "{\"a\":[1,2]}",
        "</think>",
        "```json\n",
        "event: error\n"
    };

    private static final int MANY = 200;

    private Texts() {}

    /** A text of one word or more. */
    static String text(Rng rng, int maxWords) {
        StringBuilder text = new StringBuilder();
        int words = rng.between(1, maxWords);
        for (int i = 0; i < words; i++) {
            text.append(WORDS[rng.below(rng.chance(0.5) ? 8 : WORDS.length)]);
        }
        return text.toString();
    }

    static String word(Rng rng, String prefix) {
        return prefix + Long.toString(rng.number() & Long.MAX_VALUE, 36);
    }

    static String base64(Rng rng, int maxBytes) {
        byte[] bytes = new byte[rng.between(1, maxBytes)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) rng.number();
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The text in order, cut anywhere but inside a surrogate pair; a piece may be empty. None for an empty text. */
    static List<String> pieces(Rng rng, String text, int meanLength) {
        List<String> pieces = new ArrayList<>();
        int longest = 2 * Math.max(meanLength, text.length() / MANY);
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + rng.between(rng.chance(0.05) ? 0 : 1, longest));
            if (to > 0
                    && to < text.length()
                    && Character.isHighSurrogate(text.charAt(to - 1))
                    && Character.isLowSurrogate(text.charAt(to))) {
                to++;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** The same, cut at borders of four characters. */
    static List<String> piecesOfFour(Rng rng, String base64, int meanLength) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < base64.length()) {
            int to = Math.min(base64.length(), from + 4 * rng.between(1, Math.max(meanLength, base64.length() / MANY)));
            pieces.add(base64.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
