package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.Bytes;

/** A model's id in a path: with its colons, and the slashes of an ARN, encoded. */
public final class ModelId {
    private static final String HEX = "0123456789ABCDEF";

    private ModelId() {}

    /** {@code /model/ID}. */
    public static String path(String model) {
        StringBuilder path = new StringBuilder("/model/");
        for (byte b : Bytes.utf8(model)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (plain || "-._~".indexOf(c) >= 0) {
                path.append(c);
            } else {
                path.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return path.toString();
    }
}
