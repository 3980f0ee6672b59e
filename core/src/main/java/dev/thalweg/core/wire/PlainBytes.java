package dev.thalweg.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of a JSON string at once: most of a long prompt has neither quotes, backslashes nor control
 * characters, and need not be looked at byte by byte.
 */
final class PlainBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long BACKSLASHES = ONES * '\\';
    /** Turns a quote into a blank, and keeps every control character one. */
    private static final long QUOTES_TO_BLANKS = ONES * ('"' ^ ' ');

    private static final long BEYOND_BLANKS = ONES * (' ' + 1);

    private PlainBytes() {}

    /**
     * The position of the first byte that is no character standing for itself, {@code end} where all are.
     *
     * @param asciiOnly whether bytes of other characters do not stand for themselves either
     */
    static int skip(byte[] array, int start, int end, boolean asciiOnly) {
        int i = start;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            long found = others((long) LONGS.get(array, i), asciiOnly);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && isPlain(array[i], asciiOnly)) {
            i++;
        }
        return i;
    }

    /**
     * The high bits of the bytes that are not plain: a subtraction sets the high bit of an ASCII byte that is less than what
     * is subtracted. Then it also carries into the bytes after it, so that only the first bit found is certain.
     */
    private static long others(long bytes, boolean asciiOnly) {
        long found = ((bytes ^ QUOTES_TO_BLANKS) - BEYOND_BLANKS) | ((bytes ^ BACKSLASHES) - ONES);
        return (asciiOnly ? found | bytes : found & ~bytes) & HIGHS;
    }

    private static boolean isPlain(byte b, boolean asciiOnly) {
        return b < 0 ? !asciiOnly : b >= ' ' && b != '"' && b != '\\';
    }
}
