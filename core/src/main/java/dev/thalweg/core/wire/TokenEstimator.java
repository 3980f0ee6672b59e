package dev.thalweg.core.wire;

import java.util.Arrays;

/**
 * Estimates how many tokens a text has, by the scripts it is written in: for answers and prompts whose provider counted
 * nothing. Texts are added as they come, whole or in fragments; nothing of them is kept and nothing is allocated. Not
 * thread-safe.
 *
 * <p>Every tokenizer has its own count. This one is fitted to {@code o200k_base}; older vocabularies such as {@code
 * cl100k_base} need about as many tokens for English and code, and two to five times as many for scripts other than Latin.
 */
public final class TokenEstimator {
    /**
     * What frames a tool call beside its name and arguments, for {@link #addTokens}. In recorded answers it is 3 tokens
     * (Mistral) to 16 (OpenAI, several calls at once).
     */
    public static final int TOOL_CALL_TOKENS = 10;

    /** Weights are thousandths of a token. */
    private static final int ONE = 1000;

    /*
     * What the first character of a run of one kind weighs, and each further one. Fitted by least squares to o200k_base
     * over 1.9 MB: a long text in each of 55 languages, Java, JavaScript, Python, C, JSON, Markdown; then rounded. On other
     * texts (token-samples in the tests): most languages within 10 %, code, logs and tables within 7 %, compact JSON 14 %.
     * Too low by 20 to 30 % for languages in Latin letters with few accents (Polish, Finnish, Swahili) and Ukrainian, too
     * high by as much for Vietnamese: the letters alone do not say which language it is.
     */
    private enum Kind {
        LOWER(410, 90),
        UPPER(90, 190),
        DIGIT(1100, 650),
        BLANK(320, 20),
        LINE(1000, 290),
        PUNCTUATION(630, 480),
        SYMBOL(1240, 350),
        LATIN(940),
        VIETNAMESE(50),
        GREEK(345),
        CYRILLIC(250),
        ARMENIAN(290),
        GEORGIAN(290),
        HEBREW(386),
        ARABIC(294),
        DEVANAGARI(282),
        INDIC(378),
        THAI(413),
        MYANMAR(540),
        KHMER(616),
        KANA(860),
        IDEOGRAPH(850),
        HANGUL(640),
        EMOJI(2200),
        RARE(1740);

        final int first;
        final int further;

        Kind(int each) {
            this(each, each);
        }

        Kind(int first, int further) {
            this.first = first;
            this.further = further;
        }
    }

    private static final int[] FIRST =
            Arrays.stream(Kind.values()).mapToInt(kind -> kind.first).toArray();
    private static final int[] FURTHER =
            Arrays.stream(Kind.values()).mapToInt(kind -> kind.further).toArray();
    private static final byte[] ASCII = ascii();

    /** Scripts stand in blocks of 64 characters, which is also what one lead of two or two leads of three bytes span. */
    private static final byte[] BLOCKS = blocks();

    private static final int IDEOGRAPHS_AGAIN = 0x20000;

    private long thousandths;
    private int last = Kind.LINE.ordinal();

    /** An estimator that has seen nothing. */
    public TokenEstimator() {}

    /** Adds a JSON string where it stands, its escapes as what they mean. */
    public void add(JsonText text) {
        add(text.array(), text.start(), text.end());
    }

    /**
     * Adds UTF-8 as it is spelled inside a JSON string: a backslash starts an escape. Bytes that are no UTF-8 and escapes
     * that are none are counted as something, and never refused.
     */
    public void add(byte[] array, int start, int end) {
        long sum = thousandths;
        int before = last;
        int i = start;
        while (i < end) {
            byte b = array[i];
            int kind;
            if (b >= 0) {
                i++;
                if (b == '\\') {
                    int meant = escaped(array, i, end);
                    i += lengthOfEscape(meant, array, i, end);
                    kind = kindOf(meant);
                } else {
                    kind = ASCII[b];
                }
            } else if (b < (byte) 0xE0) {
                kind = BLOCKS[b & 0x1F];
                i += 2;
            } else if (b < (byte) 0xF0) {
                kind = i + 1 < end ? BLOCKS[(b & 0x0F) << 6 | (array[i + 1] & 0x3F)] : Kind.RARE.ordinal();
                i += 3;
            } else {
                kind = b == (byte) 0xF0 && i + 1 < end && array[i + 1] >= (byte) 0xA0
                        ? Kind.IDEOGRAPH.ordinal()
                        : Kind.EMOJI.ordinal();
                i += 4;
            }
            sum += kind == before ? FURTHER[kind] : FIRST[kind];
            before = kind;
        }
        thousandths = sum;
        last = before;
    }

    /** Adds plain characters; the same count as for the same text in JSON. */
    public void add(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int character = c;
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                character = Character.toCodePoint(c, text.charAt(i));
            }
            int kind = kindOf(character);
            thousandths += kind == last ? FURTHER[kind] : FIRST[kind];
            last = kind;
        }
    }

    /** Adds tokens that are known without a text, such as what frames a message. */
    public void addTokens(long tokens) {
        thousandths += tokens * ONE;
    }

    /** The estimate for all that was added, rounded up: 0 for nothing, else at least 1. */
    public long tokens() {
        return (thousandths + ONE - 1) / ONE;
    }

    /** The character behind the backslash, U+FFFD where there is none. */
    private static int escaped(byte[] array, int start, int end) {
        if (start >= end) {
            return 0xFFFD;
        }
        return switch (array[start]) {
            case 'n', 'r', 't', 'b', 'f' -> '\n';
            case 'u' -> unicode(array, start + 1, end);
            default -> array[start] < 0 ? 0xFFFD : array[start];
        };
    }

    private static int unicode(byte[] array, int start, int end) {
        int first = start + 4 <= end ? Bytes.hex4(array, start) : -1;
        if (first < 0) {
            return 0xFFFD;
        }
        boolean pair =
                first >> 10 == 0xD800 >> 10 && start + 10 <= end && array[start + 4] == '\\' && array[start + 5] == 'u';
        int second = pair ? Bytes.hex4(array, start + 6) : -1;
        return second >> 10 == 0xDC00 >> 10 ? Character.toCodePoint((char) first, (char) second) : first;
    }

    private static int lengthOfEscape(int meant, byte[] array, int start, int end) {
        if (start >= end || array[start] != 'u') {
            return 1;
        }
        return Math.min(end - start, meant > 0xFFFF ? 11 : 5);
    }

    private static int kindOf(int character) {
        if (character < 0x80) {
            return ASCII[character];
        }
        if (character < 0x10000) {
            return BLOCKS[character >> 6];
        }
        return character >= IDEOGRAPHS_AGAIN && character < 2 * IDEOGRAPHS_AGAIN
                ? Kind.IDEOGRAPH.ordinal()
                : Kind.EMOJI.ordinal();
    }

    private static byte[] ascii() {
        byte[] kinds = new byte[128];
        Arrays.fill(kinds, 0, ' ', (byte) Kind.LINE.ordinal());
        Arrays.fill(kinds, ' ', 128, (byte) Kind.PUNCTUATION.ordinal());
        Arrays.fill(kinds, '0', '9' + 1, (byte) Kind.DIGIT.ordinal());
        Arrays.fill(kinds, 'A', 'Z' + 1, (byte) Kind.UPPER.ordinal());
        Arrays.fill(kinds, 'a', 'z' + 1, (byte) Kind.LOWER.ordinal());
        kinds[' '] = (byte) Kind.BLANK.ordinal();
        return kinds;
    }

    private static byte[] blocks() {
        byte[] kinds = new byte[0x10000 >> 6];
        Arrays.fill(kinds, (byte) Kind.RARE.ordinal());
        set(kinds, 0x0080, 0x00C0, Kind.SYMBOL);
        set(kinds, 0x00C0, 0x0280, Kind.LATIN);
        set(kinds, 0x0300, 0x0340, Kind.LATIN);
        set(kinds, 0x0340, 0x0400, Kind.GREEK);
        set(kinds, 0x0400, 0x0500, Kind.CYRILLIC);
        set(kinds, 0x0500, 0x05C0, Kind.ARMENIAN);
        set(kinds, 0x05C0, 0x0600, Kind.HEBREW);
        set(kinds, 0x0600, 0x0780, Kind.ARABIC);
        set(kinds, 0x0900, 0x0980, Kind.DEVANAGARI);
        set(kinds, 0x0980, 0x0E00, Kind.INDIC);
        set(kinds, 0x0E00, 0x0E80, Kind.THAI);
        set(kinds, 0x1000, 0x1080, Kind.MYANMAR);
        set(kinds, 0x1080, 0x1100, Kind.GEORGIAN);
        set(kinds, 0x1780, 0x1800, Kind.KHMER);
        set(kinds, 0x1E00, 0x1F00, Kind.VIETNAMESE);
        set(kinds, 0x1F00, 0x2000, Kind.GREEK);
        set(kinds, 0x2000, 0x2E80, Kind.SYMBOL);
        set(kinds, 0x3000, 0x3040, Kind.IDEOGRAPH);
        set(kinds, 0x3040, 0x3100, Kind.KANA);
        set(kinds, 0x3400, 0xA000, Kind.IDEOGRAPH);
        set(kinds, 0xAC00, 0xD7C0, Kind.HANGUL);
        set(kinds, 0xFB40, 0xFE00, Kind.ARABIC);
        set(kinds, 0xFE00, 0xFE40, Kind.SYMBOL);
        set(kinds, 0xFE40, 0xFF00, Kind.ARABIC);
        set(kinds, 0xFF00, 0xFFC0, Kind.IDEOGRAPH);
        return kinds;
    }

    private static void set(byte[] kinds, int from, int to, Kind kind) {
        Arrays.fill(kinds, from >> 6, to >> 6, (byte) kind.ordinal());
    }
}
