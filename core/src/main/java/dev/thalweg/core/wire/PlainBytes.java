package dev.thalweg.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of a JSON string at once: most of a long prompt has neither quotes, backslashes nor control
 * characters, and need not be looked at byte by byte. ({@code v - ONES & ~v & HIGHS} is zero unless a byte of {@code v} is.)
 */
final class PlainBytes {
    /** How many bytes are looked at. */
    static final int LENGTH = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private PlainBytes() {}

    /** Whether the eight bytes from there are characters that stand for themselves; ASCII only, where asked for. */
    static boolean at(byte[] array, int offset, boolean asciiOnly) {
        long bytes = (long) LONGS.get(array, offset);
        long quotes = bytes ^ QUOTES;
        long backslashes = bytes ^ BACKSLASHES;
        long found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((bytes - BLANKS) & ~bytes);
        return ((asciiOnly ? found | bytes : found) & HIGHS) == 0;
    }
}
