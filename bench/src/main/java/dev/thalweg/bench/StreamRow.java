package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/** Streams: CPU at 200 at a time; without TLS also the first token at one, memory and allocation. */
record StreamRow(Tls tls) implements Row {
    private static final String CPU = "CPU per stream of 100 chunks";
    private static final String FIRST = "time to first token, median";
    private static final String FIRST_P99 = "time to first token, p99";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        boolean plain = tls == Tls.NONE;
        String cpu = CPU + tls.suffix();
        out.define(cpu, "µs", Against.NGINX, plain ? 1.6 : null, plain ? 1.2 : null);
        out.define(FIRST, "ms", Against.DIRECT, 0.3, null);
        out.define(FIRST_P99, "ms", Against.DIRECT, null, null);
        Streams gateway = new Streams(bed, Subject.GATEWAY, tls);
        gateway.run(bed.count(plain ? 20 : 10));
        for (int round = 0; round < bed.rounds(); round++) {
            if (plain) {
                firstTokens(bed, round, out);
            }
            for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                out.add(
                        cpu,
                        subject,
                        new Streams(bed, subject, tls).run(bed.count(5)).cpuMicros());
            }
        }
        if (plain) {
            double memory = Proc.rssMegabytes(bed.scene().process(Subject.GATEWAY));
            out.value("gateway's memory after it (RSS)", "MB", memory);
            out.value("allocated per chunk", "B", gateway.allocatedBytes(bed.count(3)));
        }
    }

    private void firstTokens(Bed bed, int round, Measures out) throws Exception {
        for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.NGINX, Subject.GATEWAY)) {
            int events = Scene.events(subject, 5);
            Load load = bed.scene().load(subject, "stream-5-1", tls, 1, bed.count(250), 0, events);
            Samples seen = Cost.of(bed, subject, "first tokens", load).samples();
            out.add(FIRST, subject, seen.firstTokenMillis(50));
            out.add(FIRST_P99, subject, seen.firstTokenMillis(99));
        }
    }
}
