package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;

/** Small questions about bytes. */
public final class Bytes {
    private Bytes() {}

    /** The UTF-8 bytes of a text. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the bytes from {@code start} to {@code end} are exactly these ASCII characters. */
    public static boolean equal(byte[] array, int start, int end, String ascii) {
        return end - start == ascii.length() && startsWith(array, start, end, ascii);
    }

    /** Whether the bytes from {@code start} to {@code end} begin with these ASCII characters. */
    public static boolean startsWith(byte[] array, int start, int end, String ascii) {
        int length = ascii.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The position of the first byte that is not JSON white space, {@code end} where there is none. */
    public static int skipBlank(byte[] array, int start, int end) {
        int i = start;
        while (i < end && isBlank(array[i])) {
            i++;
        }
        return i;
    }

    /** Whether a byte is JSON white space. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** A 64-bit hash (FNV-1a, folded): different bytes have different ones but for a chance of one in 2⁶⁴. */
    static long hash(byte[] array, int start, int end) {
        long hash = 0xcbf29ce484222325L;
        for (int i = start; i < end; i++) {
            hash = (hash ^ array[i]) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }

    /** The value of four hexadecimal digits, -1 where they are not. */
    static int hex4(byte[] array, int start) {
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(array[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
