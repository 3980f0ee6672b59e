package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/** Streams of 100 chunks, each written on its own every 10 ms: CPU at 200 at a time, the first token at one. */
record StreamRow(boolean tls) implements Row {
    private static final int AT_A_TIME = 200;
    private static final int CHUNKS = 100;
    private static final String CPU = "CPU per stream of 100 chunks";
    private static final String TLS_CPU = "CPU per stream of 100 chunks, TLS upstream";
    private static final String FIRST = "time to first token, median";
    private static final String FIRST_P99 = "time to first token, p99";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        out.define(tls ? TLS_CPU : CPU, "µs", Against.NGINX, tls ? null : 1.6, tls ? null : 1.2);
        out.define(FIRST, "ms", Against.DIRECT, 0.3, null);
        out.define(FIRST_P99, "ms", Against.DIRECT, null, null);
        streams(bed, Subject.GATEWAY, bed.count(tls ? 10 : 20));
        for (int round = 0; round < bed.rounds(); round++) {
            if (!tls) {
                for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.NGINX, Subject.GATEWAY)) {
                    Samples seen = firstTokens(bed, subject);
                    out.add(FIRST, subject, seen.firstTokenMillis(50));
                    out.add(FIRST_P99, subject, seen.firstTokenMillis(99));
                }
            }
            for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                out.add(
                        tls ? TLS_CPU : CPU,
                        subject,
                        streams(bed, subject, bed.count(5)).cpuMicros());
            }
        }
        if (!tls) {
            out.value(
                    "gateway's memory after it (RSS)",
                    "MB",
                    Proc.rssMegabytes(bed.scene().process(Subject.GATEWAY)));
            try (Jvm jvm = Jvm.of(bed.scene().process(Subject.GATEWAY))) {
                long before = jvm.allocatedBytes();
                int streams =
                        streams(bed, Subject.GATEWAY, bed.count(3)).samples().count();
                out.value("allocated per chunk", "B", (double) (jvm.allocatedBytes() - before) / streams / CHUNKS);
            }
        }
    }

    private Cost streams(Bed bed, Subject subject, int each) throws Exception {
        int events = Scene.events(subject, CHUNKS);
        Load load = bed.scene().load(subject, "stream-100-10", tls, AT_A_TIME, each, 1000, events);
        return Cost.of(bed, subject, "streams", load);
    }

    private Samples firstTokens(Bed bed, Subject subject) throws Exception {
        int events = Scene.events(subject, 5);
        Load load = bed.scene().load(subject, "stream-5-1", tls, 1, bed.count(250), 0, events);
        return Cost.of(bed, subject, "first tokens", load).samples();
    }
}
