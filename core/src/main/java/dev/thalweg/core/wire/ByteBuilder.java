package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, with what is needed to write JSON into it. */
public final class ByteBuilder {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private byte[] array;
    private int length;

    /** An empty one with room for so many bytes. */
    public ByteBuilder(int capacity) {
        array = new byte[capacity];
    }

    /** The array; valid up to {@link #length()} and until the next append. */
    public byte[] array() {
        return array;
    }

    /** How many bytes it holds. */
    public int length() {
        return length;
    }

    /** Forgets all bytes and keeps the room. */
    public ByteBuilder clear() {
        length = 0;
        return this;
    }

    /** Appends bytes. */
    public ByteBuilder append(byte[] bytes, int offset, int count) {
        room(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
        return this;
    }

    /** Appends a byte. */
    public ByteBuilder append(byte octet) {
        room(1);
        array[length++] = octet;
        return this;
    }

    /** Appends bytes. */
    public ByteBuilder append(byte[] bytes) {
        return append(bytes, 0, bytes.length);
    }

    /** Appends a text that has only ASCII characters. */
    @SuppressWarnings("deprecation")
    public ByteBuilder ascii(String text) {
        int count = text.length();
        room(count);
        text.getBytes(0, count, array, length);
        length += count;
        return this;
    }

    /** Appends a whole number. */
    public ByteBuilder number(long value) {
        return ascii(Long.toString(value));
    }

    /**
     * Appends a text as a JSON string with its quotes. U+2028, U+2029 and U+0085 are escaped: readers that split lines
     * on them exist.
     */
    public ByteBuilder string(String text) {
        ascii("\"");
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && c != '\u0085' && c != '\u2028' && c != '\u2029') {
                continue;
            }
            append(Bytes.utf8(text.substring(plain, i)));
            plain = i + 1;
            switch (c) {
                case '"' -> ascii("\\\"");
                case '\\' -> ascii("\\\\");
                case '\n' -> ascii("\\n");
                case '\r' -> ascii("\\r");
                case '\t' -> ascii("\\t");
                default -> ascii("\\u" + HEX[c >> 12] + HEX[c >> 8 & 15] + HEX[c >> 4 & 15] + HEX[c & 15]);
            }
        }
        return append(Bytes.utf8(plain == 0 ? text : text.substring(plain))).ascii("\"");
    }

    /** The same for a string where it stands in another document: it is copied as it is spelled there. */
    public ByteBuilder string(JsonText text) {
        return ascii("\"").characters(text).ascii("\"");
    }

    /**
     * Appends the characters of a string in another document, as they are spelled there and without quotes; escaped as in
     * {@link #string(String)}. Bytes that are not UTF-8 become U+FFFD.
     */
    public ByteBuilder characters(JsonText text) {
        byte[] from = text.array();
        int end = text.end();
        int plain = text.start();
        for (int i = plain; i < end; ) {
            if (from[i] >= 0) {
                i++;
                continue;
            }
            int next = Utf8.next(from, i, end);
            String escape = next < 0 ? "\\ufffd" : lineEnd(from, i);
            if (!escape.isEmpty()) {
                append(from, plain, i - plain).ascii(escape);
                plain = next < 0 ? i + 1 : next;
            }
            i = next < 0 ? i + 1 : next;
        }
        return append(from, plain, end - plain);
    }

    /** The escape for a character beyond ASCII that some readers split lines on; empty for any other. */
    private static String lineEnd(byte[] from, int i) {
        if (from[i] == (byte) 0xC2) {
            return from[i + 1] == (byte) 0x85 ? "\\u0085" : "";
        }
        if (from[i] == (byte) 0xE2 && from[i + 1] == (byte) 0x80) {
            return switch (from[i + 2] & 0xFF) {
                case 0xA8 -> "\\u2028";
                case 0xA9 -> "\\u2029";
                default -> "";
            };
        }
        return "";
    }

    /** Appends a value as it is spelled in another document. */
    public ByteBuilder value(JsonValue value) {
        return append(value.array(), value.start(), value.end() - value.start());
    }

    /** The bytes so far, copied. */
    public byte[] toBytes() {
        return Arrays.copyOf(array, length);
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    private void room(int count) {
        if (array.length - length < count) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
        }
    }
}
