package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.util.concurrent.TimeUnit;

/**
 * Readers that are offered 200 MB each and read a buffer a second: the upstream must be held up, memory stay flat
 * once the kernel's buffers are full, which takes most of the first half minute.
 */
record SlowRow() implements Row {
    private static final String OPTIONS = "-Xmx256m -XX:MaxDirectMemorySize=256m";
    private static final int READERS = 500;
    private static final String GROWN = "heap in use and direct memory, grown from 30 s to 60 s";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        Stage stage = bed.scene().stage();
        Gateway gateway = Gateway.start(stage, "slow", OPTIONS);
        ProcessHandle process = gateway.process().toHandle();
        byte[] request = Scene.request(Subject.GATEWAY, "flood-200", Tls.NONE, null);
        try (Jvm jvm = Jvm.of(process)) {
            memory("before", process, jvm, out);
            long sentBefore = stage.upstreamStats()[1];
            try (SlowReaders readers = Load.slow(gateway.port(), request, READERS)) {
                TimeUnit.SECONDS.sleep(bed.seconds(30));
                double early = backlog(stage, sentBefore, readers);
                double held = memory("after 30 s", process, jvm, out);
                TimeUnit.SECONDS.sleep(bed.seconds(30));
                double late = backlog(stage, sentBefore, readers);
                double grown = memory("after 60 s", process, jvm, out) - held;
                out.value("still connected of 500 that read a buffer a second", "readers", (double) readers.open());
                out.value("in the kernel's and the gateway's buffers, each, after 30 s", "MB", early);
                out.value("the same after 60 s", "MB", late);
                out.define(GROWN, "MB", Against.NOTHING, 10.0, null);
                out.add(GROWN, Subject.GATEWAY, grown);
            }
            TimeUnit.SECONDS.sleep(bed.seconds(5));
            memory("after they left", process, jvm, out);
        }
        Stage.stop(gateway.process());
    }

    private static double memory(String when, ProcessHandle process, Jvm jvm, Measures out) throws Exception {
        double heap = jvm.liveHeapMegabytes();
        double direct = jvm.directMegabytes();
        out.value("heap in use " + when, "MB", heap);
        out.value("direct memory " + when, "MB", direct);
        out.value("RSS " + when, "MB", Proc.rssMegabytes(process));
        return heap + direct;
    }

    /** What has left the upstream and not arrived: in buffers of the kernel and of the gateway. */
    private static double backlog(Stage stage, long sentBefore, SlowReaders readers) throws Exception {
        return (stage.upstreamStats()[1] - sentBefore - readers.bytesRead()) / 1e6 / READERS;
    }
}
