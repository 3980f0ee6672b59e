package dev.thalweg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the upstream answers, by the name of the model: {@code json}, {@code dead}, {@code stream-CHUNKS-GAPMILLIS}, {@code flood-MEGABYTES}.
 * Streams have the shape of OpenAI's: a role, texts that all differ, a finish reason, the usage, {@code [DONE]}; {@code
 * "usage":null} in every chunk, because the usage was asked for.
 *
 * @param writes what is written at once, one after the other
 * @param gapMillis between two writes
 * @param floodBytes how much is written again and again without a gap; 0 for a stream that ends
 */
record Script(List<ByteBuf> writes, int gapMillis, long floodBytes) {
    /** The first text of every stream: eight bytes, so that a reader can find it by its last eight bytes. */
    static final String FIRST_TEXT = "Thalweg,";

    static final int INPUT_TOKENS = 1234;
    private static final int FLOOD_TEXT = 16 * 1024;
    private static final int FLOOD_TEXTS = 64;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                    + "x-request-id: req_bench\r\n\r\n";
    private static final ConcurrentMap<String, Script> KNOWN = new ConcurrentHashMap<>();

    /** The answer of the model with this name. */
    static Script of(String model) {
        return KNOWN.computeIfAbsent(model, Script::make);
    }

    /** The text of a stream of so many chunks. */
    static String text(int chunks) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chunks; i++) {
            text.append(text(i, 0));
        }
        return text.toString();
    }

    /** How many events a stream of so many chunks has, with its role, finish reason, usage and {@code [DONE]}. */
    static int events(int chunks) {
        return chunks + 4;
    }

    private static Script make(String model) {
        String[] parts = model.split("-");
        return switch (parts[0]) {
            case "json" -> new Script(List.of(fixed(json())), 0, 0);
            case "dead" -> new Script(List.of(fixed(unavailable())), 0, 0);
            case "stream" -> stream(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "anthropic" -> anthropic(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "flood" -> flood(Long.parseLong(parts[1]) << 20);
            default -> throw new IllegalArgumentException("no script for the model '" + model + "'");
        };
    }

    private static Script stream(int chunks, int gapMillis) {
        List<ByteBuf> writes = new ArrayList<>();
        writes.add(fixed(HEAD
                + framed(event(delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"), "null"))
                + framed(event(delta(content(text(0, 0))), "null"))));
        for (int i = 1; i < chunks; i++) {
            writes.add(fixed(framed(event(delta(content(text(i, 0))), "null"))));
        }
        String usage = "{\"prompt_tokens\":" + INPUT_TOKENS + ",\"completion_tokens\":" + chunks + ",\"total_tokens\":"
                + (INPUT_TOKENS + chunks) + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}}";
        writes.add(fixed(framed(event("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null"))
                + framed(event("[]", usage)) + framed("data: [DONE]\n\n") + "0\r\n\r\n"));
        return new Script(List.copyOf(writes), gapMillis, 0);
    }

    /** A stream of Anthropic's, of the same chunks. */
    private static Script anthropic(int chunks, int gapMillis) {
        List<ByteBuf> writes = new ArrayList<>();
        writes.add(fixed(HEAD
                + framed(named(
                        "message_start",
                        "\"message\":{\"id\":\"msg_01C4Hq5a6K3RaPMymUv70b\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"upstream-2025-08-07\",\"content\":[],\"stop_reason\":null,"
                                + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":" + INPUT_TOKENS
                                + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                                + "\"output_tokens\":1}}"))
                + framed(
                        named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"))
                + framed(textDelta(text(0, 0)))));
        for (int i = 1; i < chunks; i++) {
            writes.add(fixed(framed(textDelta(text(i, 0)))));
        }
        writes.add(fixed(framed(named("content_block_stop", "\"index\":0"))
                + framed(named(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
                                + chunks + "}"))
                + framed("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n") + "0\r\n\r\n"));
        return new Script(List.copyOf(writes), gapMillis, 0);
    }

    private static String textDelta(String text) {
        return named(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static String named(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static Script flood(long bytes) {
        List<ByteBuf> writes = new ArrayList<>();
        writes.add(fixed(HEAD));
        for (int i = 0; i < FLOOD_TEXTS; i++) {
            writes.add(fixed(framed(event(delta(content(text(i, FLOOD_TEXT))), "null"))));
        }
        return new Script(List.copyOf(writes), 0, bytes);
    }

    private static String text(int index, int length) {
        String text = index == 0 ? FIRST_TEXT : " the " + index + "th of its words";
        return text.repeat(1 + length / text.length());
    }

    private static String content(String text) {
        return "\"content\":\"" + text + "\"";
    }

    private static String delta(String members) {
        return "[{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}]";
    }

    private static String event(String choices, String usage) {
        return "data: {\"id\":\"chatcmpl-C4Hq5a6K3RaPMymUv70btQNYv6SvY\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1755137921,\"model\":\"upstream-2025-08-07\",\"service_tier\":\"default\","
                + "\"system_fingerprint\":null,\"choices\":" + choices + ",\"usage\":" + usage
                + ",\"obfuscation\":\"WuQNX\"}\n\n";
    }

    private static String json() {
        String body = "{\"id\":\"chatcmpl-C4Hq5a6K3RaPMymUv70btQNYv6SvY\",\"object\":\"chat.completion\","
                + "\"created\":1755137921,\"model\":\"upstream-2025-08-07\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"" + FIRST_TEXT + "\",\"refusal\":null},\"finish_reason\":"
                + "\"stop\"}],\"usage\":{\"prompt_tokens\":" + INPUT_TOKENS
                + ",\"completion_tokens\":1,\"total_tokens\":"
                + (INPUT_TOKENS + 1) + "},\"service_tier\":\"default\"}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nx-request-id: req_bench\r\n\r\n" + body;
    }

    private static String unavailable() {
        String body = "{\"error\":{\"message\":\"Overloaded.\",\"type\":\"server_error\",\"code\":null}}";
        return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String framed(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private static ByteBuf fixed(String ascii) {
        byte[] bytes = ascii.getBytes(US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }
}
