package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A frame of AWS's event stream, as Bedrock streams: two lengths and their CRC-32, headers, a payload, and a CRC-32 over all
 * of it. It can be broken on purpose. Not thread-safe.
 */
public final class AwsFrame {
    private static final int PRELUDE = 12;
    private static final int STRING = 7;

    private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
    private final byte[] payload;
    private int longer;
    private int headersLonger;
    private int preludeSumOff;
    private int sumOff;

    private AwsFrame(byte[] payload) {
        this.payload = payload.clone();
    }

    /** A frame without headers. */
    public static AwsFrame of(byte[] payload) {
        return new AwsFrame(payload);
    }

    /** An event of this type with this JSON. */
    public static AwsFrame event(String type, String json) {
        return of(json.getBytes(UTF_8))
                .header(":event-type", type)
                .header(":content-type", "application/json")
                .header(":message-type", "event");
    }

    /** An exception of this type with this JSON, as modelled errors come. */
    public static AwsFrame exception(String type, String json) {
        return of(json.getBytes(UTF_8))
                .header(":exception-type", type)
                .header(":content-type", "application/json")
                .header(":message-type", "exception");
    }

    /** An error with this code and message, as errors come that are not modelled. */
    public static AwsFrame error(String code, String message) {
        return of(new byte[0])
                .header(":error-code", code)
                .header(":error-message", message)
                .header(":message-type", "error");
    }

    /** Adds a header of a text. */
    public AwsFrame header(String name, String value) {
        byte[] text = value.getBytes(UTF_8);
        byte[] sized = ByteBuffer.allocate(2 + text.length)
                .putShort((short) text.length)
                .put(text)
                .array();
        return header(name, STRING, sized);
    }

    /** Adds a header of any type, known or not; texts and bytes bring their length of two bytes. */
    public AwsFrame header(String name, int type, byte[] value) {
        byte[] text = name.getBytes(UTF_8);
        headers.write(text.length);
        headers.writeBytes(text);
        headers.write(type);
        headers.writeBytes(value);
        return this;
    }

    /** Says a total length that is larger by this, or smaller. */
    public AwsFrame longer(int bytes) {
        longer = bytes;
        return this;
    }

    /** Says a length of the headers that is larger by this, or smaller. */
    public AwsFrame headersLonger(int bytes) {
        headersLonger = bytes;
        return this;
    }

    /** Has a wrong CRC over its lengths. */
    public AwsFrame wrongPreludeSum() {
        preludeSumOff = 1;
        return this;
    }

    /** Has a wrong CRC over all of it. */
    public AwsFrame wrongSum() {
        sumOff = 1;
        return this;
    }

    /** What goes on the wire. */
    public byte[] bytes() {
        int length = PRELUDE + headers.size() + payload.length;
        ByteBuffer frame = ByteBuffer.allocate(length + 4);
        frame.putInt(length + 4 + longer).putInt(headers.size() + headersLonger);
        frame.putInt(sum(frame, 8) + preludeSumOff);
        frame.put(headers.toByteArray()).put(payload);
        return frame.putInt(sum(frame, length) + sumOff).array();
    }

    private static int sum(ByteBuffer frame, int length) {
        CRC32 sum = new CRC32();
        sum.update(frame.slice(0, length));
        return (int) sum.getValue();
    }
}
