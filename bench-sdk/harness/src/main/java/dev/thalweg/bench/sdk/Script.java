package dev.thalweg.bench.sdk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream, named by its model: {@code bench_CHUNKS_GAP_SEED}. In the shape of OpenAI's: a role, texts that all differ, a
 * finish reason, the usage, {@code [DONE]}; {@code "usage":null} in every chunk, because the usage was asked for.
 *
 * @param gap milliseconds between two chunks, each a write of its own; 0: all in one write; below 0: as {@code -gap}, after
 *     a wait behind the first chunk until the upstream's gate opens
 */
record Script(int chunks, int gap, int seed) {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Transfer-Encoding: chunked\r\nx-request-id: req_bench\r\n\r\n";

    static Script of(String model) {
        String[] parts = model.split("_");
        return new Script(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }

    String model() {
        return "bench_" + chunks + "_" + gap + "_" + seed;
    }

    /** The same with other texts. */
    Script seeded(int other) {
        return new Script(chunks, gap, other);
    }

    /** What a reader has heard after all of it. */
    long checksum() {
        long sum = 0;
        for (int i = 0; i < chunks; i++) {
            sum = Heard.checksum(sum, text(i));
        }
        return sum;
    }

    /** What is written, one after the other: the head with the role and the first text, each text, the end. */
    List<byte[]> writes() {
        List<byte[]> writes = new ArrayList<>();
        writes.add((HEAD
                        + event(delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"), "null")
                        + event(delta(content(0)), "null"))
                .getBytes(US_ASCII));
        for (int i = 1; i < chunks; i++) {
            writes.add(event(delta(content(i)), "null").getBytes(US_ASCII));
        }
        String usage = "{\"prompt_tokens\":12,\"completion_tokens\":" + chunks + ",\"total_tokens\":" + (12 + chunks)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}}";
        writes.add((event("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]", "null")
                        + event("[]", usage) + framed("data: [DONE]\n\n") + "0\r\n\r\n")
                .getBytes(US_ASCII));
        return gap == 0 ? List.of(joined(writes)) : writes;
    }

    private static byte[] joined(List<byte[]> writes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        writes.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private String text(int chunk) {
        return " the " + chunk + "th piece of answer " + seed;
    }

    private String content(int chunk) {
        return "\"content\":\"" + text(chunk) + "\"";
    }

    private static String delta(String members) {
        return "[{\"index\":0,\"delta\":{" + members + "},\"logprobs\":null,\"finish_reason\":null}]";
    }

    private static String event(String choices, String usage) {
        return framed("data: {\"id\":\"chatcmpl-C4Hq5a6K3RaPMymUv70btQNYv6SvY\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1755137921,\"model\":\"upstream-2025-08-07\",\"service_tier\":\"default\","
                + "\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":" + choices + ",\"usage\":" + usage
                + ",\"obfuscation\":\"WuQNX\"}\n\n");
    }

    private static String framed(String chunk) {
        return Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n";
    }
}
