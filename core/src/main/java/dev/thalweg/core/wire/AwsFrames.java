package dev.thalweg.core.wire;

import java.util.zip.CRC32;

/** Writes frames of AWS's event stream ({@code application/vnd.amazon.eventstream}). */
public final class AwsFrames {
    private AwsFrames() {}

    /** An event of this type with this JSON. */
    public static void event(ByteBuilder out, String type, byte[] json, int offset, int length) {
        frame(out, "event", ":event-type", type, json, offset, length);
    }

    /** An exception of this type with this JSON; it ends a stream. */
    public static void exception(ByteBuilder out, String type, byte[] json) {
        frame(out, "exception", ":exception-type", type, json, 0, json.length);
    }

    private static void frame(
            ByteBuilder out, String kind, String typeName, String type, byte[] json, int offset, int length) {
        ByteBuilder headers = new ByteBuilder(96);
        header(headers, typeName, type);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", kind);
        ByteBuilder frame = new ByteBuilder(headers.length() + length + 16);
        int32(frame, headers.length() + length + 16);
        int32(frame, headers.length());
        checkSum(frame);
        frame.append(headers.array(), 0, headers.length()).append(json, offset, length);
        checkSum(frame);
        out.append(frame.array(), 0, frame.length());
    }

    private static void header(ByteBuilder out, String name, String value) {
        byte[] text = Bytes.utf8(value);
        out.append((byte) name.length()).ascii(name).append((byte) 7);
        out.append((byte) (text.length >> 8)).append((byte) text.length).append(text);
    }

    private static void checkSum(ByteBuilder frame) {
        CRC32 sum = new CRC32();
        sum.update(frame.array(), 0, frame.length());
        int32(frame, (int) sum.getValue());
    }

    private static void int32(ByteBuilder out, int value) {
        out.append((byte) (value >> 24)).append((byte) (value >> 16));
        out.append((byte) (value >> 8)).append((byte) value);
    }
}
