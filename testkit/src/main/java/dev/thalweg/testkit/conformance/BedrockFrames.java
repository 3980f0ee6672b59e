package dev.thalweg.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/** Reads a stream of AWS's frames as strictly as its clients do: both check sums, and headers of texts only. */
final class BedrockFrames {
    private BedrockFrames() {}

    /**
     * One frame.
     *
     * @param headers its headers
     * @param payload its JSON
     */
    record Frame(Map<String, String> headers, JsonNode payload) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** All frames; a torn one at the end is none. */
    static List<Frame> parse(byte[] bytes) {
        var frames = new ArrayList<Frame>();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() >= 12) {
            int start = rest.position();
            int total = rest.getInt(start);
            int headers = rest.getInt(start + 4);
            Malformed.unless(total >= 16 + headers && headers >= 0, "lengths of a frame", total + ", " + headers);
            if (rest.remaining() < total) {
                break;
            }
            sum(bytes, start, 8);
            sum(bytes, start, total - 4);
            String payload = new String(bytes, start + 12 + headers, total - headers - 16, UTF_8);
            frames.add(new Frame(headers(rest.slice(start + 12, headers)), Nodes.read(payload)));
            rest.position(start + total);
        }
        return frames;
    }

    private static void sum(byte[] bytes, int start, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, start, length);
        int said = ByteBuffer.wrap(bytes).getInt(start + length);
        Malformed.unless((int) sum.getValue() == said, "the check sum " + (int) sum.getValue(), said);
    }

    private static Map<String, String> headers(ByteBuffer block) {
        var headers = new HashMap<String, String>();
        while (block.hasRemaining()) {
            String name = text(block, block.get());
            Malformed.unless(block.get() == 7, "a header of a text", name);
            headers.put(name, text(block, block.getShort()));
        }
        return headers;
    }

    private static String text(ByteBuffer block, int length) {
        byte[] text = new byte[length];
        block.get(text);
        return new String(text, UTF_8);
    }
}
