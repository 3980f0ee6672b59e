package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/**
 * Streams whose caller speaks another protocol than the upstream, beside nginx, which passes on what the upstream sends a
 * caller of its own protocol.
 */
record TranslatedRow() implements Row {
    private static final int CHUNKS = 100;
    private static final int AT_A_TIME = 200;

    /** A pair: where callers ask, and for what; {@code events}: how many events they get for so many chunks. */
    private enum Pair {
        CHAT_TO_ANTHROPIC("OpenAI's callers, Anthropic's upstream", "/v1/chat/completions", "anthropic"),
        MESSAGES_TO_OPENAI("Anthropic's callers, OpenAI's upstream", "/v1/messages", "stream");

        final String label;
        final String path;
        final String script;

        Pair(String label, String path, String script) {
            this.label = label;
            this.path = path;
            this.script = script;
        }

        String cpu() {
            return "CPU per stream of 100 chunks: " + label;
        }

        String first() {
            return "time to first token, median: " + label;
        }
    }

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        for (Pair pair : Pair.values()) {
            out.define(pair.cpu(), "µs", Against.NGINX, 2.2, null);
            out.define(pair.first(), "ms", Against.DIRECT, 0.4, null);
            run(bed, pair, bed.count(20));
        }
        for (int round = 0; round < bed.rounds(); round++) {
            for (Pair pair : Pair.values()) {
                firstTokens(bed, round, pair, out);
                for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                    Cost cost = subject == Subject.NGINX
                            ? new Streams(bed, subject, Tls.NONE).run(bed.count(5))
                            : run(bed, pair, bed.count(5));
                    out.add(pair.cpu(), subject, cost.cpuMicros());
                }
            }
        }
        try (Jvm jvm = Jvm.of(bed.scene().process(Subject.GATEWAY))) {
            for (Pair pair : Pair.values()) {
                long before = jvm.allocatedBytes();
                int streams = run(bed, pair, bed.count(3)).samples().count();
                double bytes = (double) (jvm.allocatedBytes() - before) / streams / CHUNKS;
                out.value("allocated per chunk: " + pair.label, "B", bytes);
            }
        }
    }

    private static Cost run(Bed bed, Pair pair, int each) throws Exception {
        Load load = load(bed, Subject.GATEWAY, pair, pair.script + "-100-10", AT_A_TIME, each, 1000);
        return Cost.of(bed, Subject.GATEWAY, "streams, " + pair.label, load);
    }

    private static void firstTokens(Bed bed, int round, Pair pair, Measures out) throws Exception {
        for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.GATEWAY)) {
            String script = (subject == Subject.DIRECT ? "stream" : pair.script) + "-5-1";
            Load load = load(bed, subject, pair, script, 1, bed.count(250), 0);
            out.add(
                    pair.first(),
                    subject,
                    Cost.of(bed, subject, "first tokens", load).samples().firstTokenMillis(50));
        }
    }

    private static Load load(Bed bed, Subject subject, Pair pair, String script, int connections, int each, int ramp) {
        Scene scene = bed.scene();
        byte[] request = Scene.request(subject, pair.path, script);
        return new Load(scene.port(subject, script, Tls.NONE), request, connections, each, ramp, -1);
    }
}
