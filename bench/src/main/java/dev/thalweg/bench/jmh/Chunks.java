package dev.thalweg.bench.jmh;

import java.nio.charset.StandardCharsets;

/** Chunks of text in OpenAI's shape. */
final class Chunks {
    /** So many that neither the guard nor the processor's cache sees a repetition. */
    static final int COUNT = 200;

    private Chunks() {}

    /** One chunk's JSON. */
    static byte[] json(int index, boolean nullUsage) {
        return ("{\"id\":\"chatcmpl-C4Hq5a6K3RaPMymUv70btQNYv6SvY\",\"object\":\"chat.completion.chunk\","
                        + "\"created\":1755137921,\"model\":\"upstream-2025-08-07\",\"service_tier\":\"default\","
                        + "\"system_fingerprint\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\" the " + index
                        + "th of its words\"},\"finish_reason\":null}]" + (nullUsage ? ",\"usage\":null" : "")
                        + ",\"obfuscation\":\"WuQNX\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** All of them as JSON. */
    static byte[][] all() {
        byte[][] all = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            all[i] = json(i, false);
        }
        return all;
    }

    /** All of them as events. */
    static byte[][] events(boolean nullUsage) {
        byte[][] all = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            all[i] = event(i, nullUsage);
        }
        return all;
    }

    static byte[] event(int index, boolean nullUsage) {
        String json = new String(json(index, nullUsage), StandardCharsets.UTF_8);
        return ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
