package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/** Small requests: CPU at 32 connections; without TLS also latency at one, memory and allocation. */
record JsonRow(Tls tls) implements Row {
    private static final String CPU = "CPU per small JSON request";
    private static final String P50 = "JSON latency, p50";
    private static final String P99 = "JSON latency, p99";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        boolean plain = tls == Tls.NONE;
        String cpu = CPU + tls.suffix();
        out.define(cpu, "µs", Against.NGINX, plain ? 1.8 : null, plain ? 1.5 : null);
        out.define(P50, "ms", Against.DIRECT, null, null);
        out.define(P99, "ms", Against.DIRECT, null, null);
        Scene scene = bed.scene();
        Requests.kept(scene, Subject.GATEWAY, tls).run(bed.seconds(plain ? 20 : 10));
        Requests.kept(scene, Subject.NGINX, tls).run(1);
        for (int round = 0; round < bed.rounds(); round++) {
            if (plain) {
                latency(bed, round, out);
            }
            for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                out.add(cpu, subject, Requests.kept(scene, subject, tls).cpuMicros(bed.seconds(4)));
            }
        }
        if (plain) {
            out.value("gateway's memory after it (RSS)", "MB", Proc.rssMegabytes(scene.process(Subject.GATEWAY)));
            double bytes = Requests.kept(scene, Subject.GATEWAY, tls).allocatedBytes(bed.seconds(4));
            out.value("allocated per JSON request", "B", bytes);
        }
    }

    private void latency(Bed bed, int round, Measures out) throws Exception {
        for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.NGINX, Subject.GATEWAY)) {
            Wrk seen = new Requests(bed.scene(), subject, tls, 1, true).run(bed.seconds(2));
            out.add(P50, subject, seen.p50Micros() / 1000);
            out.add(P99, subject, seen.p99Micros() / 1000);
        }
    }
}
