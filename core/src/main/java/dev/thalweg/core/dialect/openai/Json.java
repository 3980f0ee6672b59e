package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.List;

/**
 * Writes JSON that was JSON already: as it is spelled, on one line. U+2028, U+2029 and U+0085 are escaped, because readers
 * that split lines on them exist; outside of strings there are none.
 */
final class Json {
    private Json() {}

    /** The characters of a string, without its quotes. */
    static ByteBuilder text(ByteBuilder out, JsonText text) {
        return copy(out, text.array(), text.start(), text.end());
    }

    /** A value of any kind. */
    static ByteBuilder value(ByteBuilder out, JsonValue value) {
        return copy(out, value.array(), value.start(), value.end());
    }

    /** A value of any kind. */
    static ByteBuilder value(ByteBuilder out, String json) {
        byte[] bytes = Bytes.utf8(json);
        return copy(out, bytes, 0, bytes.length);
    }

    /** A text as a JSON string. */
    static String quoted(String text) {
        return new ByteBuilder(text.length() + 2).string(text).toString();
    }

    /** Texts as a JSON array. */
    static String strings(List<String> texts) {
        ByteBuilder array = new ByteBuilder(64).ascii("[");
        for (int i = 0; i < texts.size(); i++) {
            array.ascii(i == 0 ? "" : ",").string(texts.get(i));
        }
        return array.ascii("]").toString();
    }

    private static ByteBuilder copy(ByteBuilder out, byte[] array, int start, int end) {
        int from = start;
        for (int i = start; i < end; i++) {
            byte b = array[i];
            if (b == '\n' || b == '\r') {
                out.append(array, from, i - from).ascii(" ");
                from = i + 1;
            } else if (b == (byte) 0xC2 && i + 1 < end && array[i + 1] == (byte) 0x85) {
                out.append(array, from, i - from).ascii("\\u0085");
                from = i + 2;
            } else if (isSeparator(array, i, end)) {
                out.append(array, from, i - from).ascii(array[i + 2] == (byte) 0xA8 ? "\\u2028" : "\\u2029");
                from = i + 3;
            }
        }
        return out.append(array, from, end - from);
    }

    /** U+2028 and U+2029 are E2 80 A8 and E2 80 A9 in UTF-8. */
    private static boolean isSeparator(byte[] array, int i, int end) {
        return array[i] == (byte) 0xE2
                && i + 2 < end
                && array[i + 1] == (byte) 0x80
                && (array[i + 2] == (byte) 0xA8 || array[i + 2] == (byte) 0xA9);
    }
}
