package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/** Small requests: CPU at 32 connections, latency at one. */
record JsonRow(boolean tls) implements Row {
    private static final int CONNECTIONS = 32;
    private static final String CPU = "CPU per small JSON request";
    private static final String TLS_CPU = "CPU per small JSON request, TLS upstream";
    private static final String P50 = "JSON latency, p50";
    private static final String P99 = "JSON latency, p99";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        out.define(tls ? TLS_CPU : CPU, "µs", Against.NGINX, tls ? null : 1.8, tls ? null : 1.5);
        out.define(P50, "ms", Against.DIRECT, null, null);
        out.define(P99, "ms", Against.DIRECT, null, null);
        Scene scene = bed.scene();
        wrk(scene, Subject.GATEWAY, CONNECTIONS, bed.seconds(tls ? 10 : 20));
        wrk(scene, Subject.NGINX, CONNECTIONS, 1);
        for (int round = 0; round < bed.rounds(); round++) {
            if (!tls) {
                for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.NGINX, Subject.GATEWAY)) {
                    Wrk seen = wrk(scene, subject, 1, bed.seconds(2));
                    out.add(P50, subject, seen.p50Micros() / 1000);
                    out.add(P99, subject, seen.p99Micros() / 1000);
                }
            }
            for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                out.add(tls ? TLS_CPU : CPU, subject, cpuMicros(bed, subject));
            }
        }
        if (!tls) {
            out.value("gateway's memory after it (RSS)", "MB", Proc.rssMegabytes(scene.process(Subject.GATEWAY)));
            try (Jvm jvm = Jvm.of(scene.process(Subject.GATEWAY))) {
                long before = jvm.allocatedBytes();
                long requests =
                        wrk(scene, Subject.GATEWAY, CONNECTIONS, bed.seconds(4)).requests();
                out.value("allocated per JSON request", "B", (double) (jvm.allocatedBytes() - before) / requests);
            }
        }
    }

    private double cpuMicros(Bed bed, Subject subject) throws Exception {
        return FailedWindow.repeat("JSON through " + subject.label(), () -> {
            double before = Proc.cpuSeconds(bed.scene().process(subject));
            Wrk seen = Wrk.run(bed.scene(), subject, tls, CONNECTIONS, bed.seconds(4));
            return (Proc.cpuSeconds(bed.scene().process(subject)) - before) * 1e6 / seen.requests();
        });
    }

    private Wrk wrk(Scene scene, Subject subject, int connections, int seconds) throws Exception {
        return FailedWindow.repeat(
                "JSON, " + subject.label(), () -> Wrk.run(scene, subject, tls, connections, seconds));
    }
}
