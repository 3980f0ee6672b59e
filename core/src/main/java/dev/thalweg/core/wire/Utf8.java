package dev.thalweg.core.wire;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** The position after the non-ASCII code point that starts at {@code i}, or -1 where the bytes are not UTF-8. */
    static int next(byte[] a, int i, int end) {
        int lead = a[i] & 0xFF;
        if (lead < 0xE0) {
            return lead >= 0xC2 && continues(a, i + 1, end) ? i + 2 : -1;
        }
        if (!continues(a, i + 1, end) || !continues(a, i + 2, end)) {
            return -1;
        }
        int second = a[i + 1] & 0xFF;
        if (lead < 0xF0) {
            boolean overlong = lead == 0xE0 && second < 0xA0;
            boolean surrogate = lead == 0xED && second > 0x9F;
            return overlong || surrogate ? -1 : i + 3;
        }
        boolean overlong = lead == 0xF0 && second < 0x90;
        boolean tooHigh = lead > 0xF4 || (lead == 0xF4 && second > 0x8F);
        return !overlong && !tooHigh && continues(a, i + 3, end) ? i + 4 : -1;
    }

    private static boolean continues(byte[] a, int i, int end) {
        return i < end && (a[i] & 0xC0) == 0x80;
    }
}
