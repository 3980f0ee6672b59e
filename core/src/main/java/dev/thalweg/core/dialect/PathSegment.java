package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.Bytes;

/** A model's name as one segment of a path, whatever is in it: a caller's wildcard must not lead to another path. */
public final class PathSegment {
    private static final String HEX = "0123456789ABCDEF";

    private PathSegment() {}

    /** The name with all but letters, digits and {@code -._~} encoded. */
    public static String of(String name) {
        StringBuilder segment = new StringBuilder(name.length());
        for (byte b : Bytes.utf8(name)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~".indexOf(c) >= 0) {
                segment.append(c);
            } else {
                segment.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return segment.toString();
    }
}
