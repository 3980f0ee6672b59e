package dev.thalweg.core.wire;

import java.util.zip.CRC32;

/** Writes frames of AWS's event stream ({@code application/vnd.amazon.eventstream}). */
public final class AwsFrames {
    private static final String CONTENT_TYPE = ":content-type";
    private static final String JSON = "application/json";
    private static final String MESSAGE_TYPE = ":message-type";

    private AwsFrames() {}

    /** An event of this type, in ASCII, with this JSON. */
    public static void event(ByteBuilder out, String type, byte[] json, int offset, int length) {
        frame(out, "event", ":event-type", type, json, offset, length);
    }

    /** An exception of this type, in ASCII, with this JSON; it ends a stream. */
    public static void exception(ByteBuilder out, String type, byte[] json) {
        frame(out, "exception", ":exception-type", type, json, 0, json.length);
    }

    private static void frame(
            ByteBuilder out, String kind, String typeName, String type, byte[] json, int offset, int length) {
        int headers = size(typeName, type) + size(CONTENT_TYPE, JSON) + size(MESSAGE_TYPE, kind);
        int start = out.length();
        int32(out, headers + length + 16);
        int32(out, headers);
        checkSum(out, start);
        header(out, typeName, type);
        header(out, CONTENT_TYPE, JSON);
        header(out, MESSAGE_TYPE, kind);
        out.append(json, offset, length);
        checkSum(out, start);
    }

    /** Two lengths, the value's type, name and value. */
    private static int size(String name, String value) {
        return 4 + name.length() + value.length();
    }

    private static void header(ByteBuilder out, String name, String value) {
        out.append((byte) name.length()).ascii(name).append((byte) 7);
        out.append((byte) (value.length() >> 8)).append((byte) value.length()).ascii(value);
    }

    /** Of everything since there. */
    private static void checkSum(ByteBuilder out, int start) {
        CRC32 sum = new CRC32();
        sum.update(out.array(), start, out.length() - start);
        int32(out, (int) sum.getValue());
    }

    private static void int32(ByteBuilder out, int value) {
        out.append((byte) (value >> 24)).append((byte) (value >> 16));
        out.append((byte) (value >> 8)).append((byte) value);
    }
}
