package dev.thalweg.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** A new gateway under small requests: what one costs, second by second. */
record WarmupRow() implements Row {
    private static final int SECONDS = 30;
    private static final List<Integer> SHOWN = List.of(1, 2, 3, 5, 10, 15, 20, 30);

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        Stage stage = bed.scene().stage();
        Gateway gateway = Gateway.start(stage, "warmup", Scene.MAIN_OPTIONS);
        ProcessHandle process = gateway.process().toHandle();
        String body = Scene.body(Subject.GATEWAY, "json", Tls.NONE, null);
        Process wrk = Wrk.start(stage, gateway.address(), body, 32, true, SECONDS + 1);
        long begin = System.nanoTime();
        double cpu = Proc.cpuSeconds(process);
        long requests = stage.upstreamStats()[0];
        for (int second = 1; second <= SECONDS; second++) {
            TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            double cpuNow = Proc.cpuSeconds(process);
            long requestsNow = stage.upstreamStats()[0];
            if (SHOWN.contains(second)) {
                double each = (cpuNow - cpu) * 1e6 / Math.max(1, requestsNow - requests);
                out.value("CPU per JSON request in second " + second, "µs", each);
            }
            cpu = cpuNow;
            requests = requestsNow;
        }
        wrk.waitFor();
        Stage.stop(gateway.process());
    }
}
