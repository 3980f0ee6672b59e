package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON string where it stands in its document: a view without the quotes, not a copy. Valid only until the reader
 * that gave it goes on.
 */
public final class JsonText {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int start;
    private int end;
    private boolean escaped;

    void set(byte[] array, int start, int end, boolean escaped) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.escaped = escaped;
    }

    /** Makes it the view another one is. */
    void set(JsonText other) {
        set(other.array, other.start, other.end, other.escaped);
    }

    /** A view of a text that stands in no document. */
    public static JsonText of(String text) {
        JsonText view = new JsonText();
        ByteBuilder quoted = new ByteBuilder(text.length() + 2).string(text);
        view.set(quoted.array(), 1, quoted.length() - 1, true);
        return view;
    }

    /** Whether the string has no characters. */
    public boolean isEmpty() {
        return start == end;
    }

    /** The array the string stands in. */
    public byte[] array() {
        return array;
    }

    /** Where it starts, after its opening quote. */
    public int start() {
        return start;
    }

    /** Where it ends, before its closing quote. */
    public int end() {
        return end;
    }

    /** Whether the string's characters are exactly these ASCII ones. */
    public boolean is(String ascii) {
        return escaped ? decode().equals(ascii) : Bytes.equal(array, start, end, ascii);
    }

    /**
     * A 64-bit hash of the string as it is spelled. Equal spellings have equal hashes; different ones differ but for a
     * chance of one in 2⁶⁴.
     */
    public long hash() {
        return Bytes.hash(array, start, end);
    }

    /** Whether the string has at least this many characters: Unicode code points, however they are spelled. */
    public boolean hasAtLeast(int characters) {
        int count = 0;
        for (int i = start; i < end && count < characters; count++) {
            i = afterCharacter(i);
        }
        return count >= characters;
    }

    private int afterCharacter(int i) {
        if (array[i] == '\\') {
            if (i + 1 < end && array[i + 1] != 'u') {
                return i + 2;
            }
            boolean pair = Character.isHighSurrogate(escapedAt(i)) && Character.isLowSurrogate(escapedAt(i + 6));
            return i + (pair ? 12 : 6);
        }
        int next = i + 1;
        while (next < end && (array[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** The character that a Unicode escape here stands for; 0 where there is none. */
    private char escapedAt(int i) {
        boolean whole = i + 6 <= end && array[i] == '\\' && array[i + 1] == 'u';
        return whole ? (char) Bytes.hex4(array, i + 2) : 0;
    }

    /** The characters, escapes resolved; invalid UTF-8 becomes U+FFFD. */
    public String decode() {
        if (!escaped) {
            return new String(array, start, end - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(end - start);
        int plain = start;
        for (int i = start; i < end; ) {
            if (array[i] != '\\') {
                i++;
                continue;
            }
            text.append(new String(array, plain, i - plain, StandardCharsets.UTF_8));
            byte kind = array[i + 1];
            if (kind == 'u') {
                text.append((char) Bytes.hex4(array, i + 2));
                i += 6;
            } else {
                text.append(unescape(kind));
                i += 2;
            }
            plain = i;
        }
        return text.append(new String(array, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char unescape(byte kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) kind;
        };
    }

    /** The characters of a view that may be absent. */
    public static @Nullable String decodeOrNull(@Nullable JsonText text) {
        return text == null ? null : text.decode();
    }

    @Override
    public String toString() {
        return decode();
    }
}
