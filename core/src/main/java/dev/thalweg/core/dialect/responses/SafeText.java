package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * Copies JSON as it is spelled into an event, on one line: line ends between values become blanks; U+0085, U+2028 and U+2029
 * are escaped, because readers exist that split lines on them.
 */
final class SafeText {
    private SafeText() {}

    /** The string's characters, without its quotes. */
    static ByteBuilder append(ByteBuilder out, JsonText text) {
        return append(out, text.array(), text.start(), text.end());
    }

    static ByteBuilder append(ByteBuilder out, JsonValue value) {
        return append(out, value.array(), value.start(), value.end());
    }

    static ByteBuilder append(ByteBuilder out, String json) {
        byte[] bytes = Bytes.utf8(json);
        return append(out, bytes, 0, bytes.length);
    }

    static ByteBuilder append(ByteBuilder out, byte[] array, int start, int end) {
        int plain = start;
        for (int i = start; i < end; i++) {
            byte b = array[i];
            if (b >= ' ' || (b < 0 && b != (byte) 0xC2 && b != (byte) 0xE2)) {
                continue;
            }
            int length = lengthOfUnsafe(array, i, end);
            if (length > 0) {
                out.append(array, plain, i - plain).ascii(safe(array, i, length));
                i += length - 1;
                plain = i + 1;
            }
        }
        return out.append(array, plain, end - plain);
    }

    private static int lengthOfUnsafe(byte[] array, int i, int end) {
        byte b = array[i];
        if (b == '\n' || b == '\r') {
            return 1;
        }
        if (b == (byte) 0xC2) {
            return i + 1 < end && array[i + 1] == (byte) 0x85 ? 2 : 0;
        }
        boolean separator = b == (byte) 0xE2
                && i + 2 < end
                && array[i + 1] == (byte) 0x80
                && (array[i + 2] == (byte) 0xA8 || array[i + 2] == (byte) 0xA9);
        return separator ? 3 : 0;
    }

    private static String safe(byte[] array, int i, int length) {
        return switch (length) {
            case 1 -> " ";
            case 2 -> "\\u0085";
            default -> array[i + 2] == (byte) 0xA8 ? "\\u2028" : "\\u2029";
        };
    }
}
