package dev.thalweg.core.wire;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** The position after the non-ASCII code point that starts at {@code i}, or -1 where the bytes are not UTF-8. */
    static int next(byte[] a, int i, int end) {
        int lead = a[i] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return tail(a, i + 1, end, 1, 0x80, 0xBF);
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return tail(a, i + 1, end, 2, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            return tail(a, i + 1, end, 3, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        }
        return -1;
    }

    private static int tail(byte[] a, int i, int end, int count, int lowest, int highest) {
        if (i + count > end || (a[i] & 0xFF) < lowest || (a[i] & 0xFF) > highest) {
            return -1;
        }
        for (int k = 1; k < count; k++) {
            if ((a[i + k] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return i + count;
    }
}
