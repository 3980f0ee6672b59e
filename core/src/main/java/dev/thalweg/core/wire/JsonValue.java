package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;

/** A JSON value of any kind where it stands in its document: a view, not a copy. Valid only until its reader goes on. */
public final class JsonValue {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int start;
    private int end;

    /** Makes it the value in these bytes. */
    public JsonValue set(byte[] newArray, int newStart, int newEnd) {
        array = newArray;
        start = newStart;
        end = newEnd;
        return this;
    }

    /** The array the value stands in. */
    public byte[] array() {
        return array;
    }

    /** Where it starts. */
    public int start() {
        return start;
    }

    /** Where it ends. */
    public int end() {
        return end;
    }

    /** Whether it is {@code null}, an empty string, an empty list or an empty object. */
    public boolean isVoid() {
        return switch (array[start]) {
            case 'n' -> true;
            case '"' -> end - start == 2;
            case '[', '{' -> Bytes.skipBlank(array, start + 1, end) == end - 1;
            default -> false;
        };
    }

    /** A 64-bit hash of the value as it is spelled. */
    public long hash() {
        return Bytes.hash(array, start, end);
    }

    /** The value as JSON text. */
    public String decode() {
        return new String(array, start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return decode();
    }
}
