package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.util.concurrent.TimeUnit;

/** Readers that are offered 200 MB each and read a buffer a second: the upstream must be held up, memory stay flat. */
record SlowRow() implements Row {
    private static final String OPTIONS = "-Xmx256m -XX:MaxDirectMemorySize=256m";
    private static final int READERS = 500;

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        Stage stage = bed.scene().stage();
        Gateway gateway = Gateway.start(stage, "slow", OPTIONS);
        ProcessHandle process = gateway.process().toHandle();
        double before = Proc.rssMegabytes(process);
        long sentBefore = stage.upstreamStats()[1];
        byte[] request = Scene.request(Subject.GATEWAY, "flood-200", false, null);
        try (SlowReaders readers = Load.slow(gateway.port(), request, READERS)) {
            TimeUnit.SECONDS.sleep(bed.seconds(10));
            double early = Proc.rssMegabytes(process);
            double earlyBacklog = backlog(stage, sentBefore, readers);
            TimeUnit.SECONDS.sleep(bed.seconds(20));
            double late = Proc.rssMegabytes(process);
            out.value("still connected of 500 that read a buffer a second", "readers", (double) readers.open());
            out.value("sent by the upstream and not read yet, each, after 10 s", "MB", earlyBacklog);
            out.value("the same after 30 s", "MB", backlog(stage, sentBefore, readers));
            out.value("RSS before", "MB", before);
            out.value("RSS after 10 s", "MB", early);
            out.value("RSS after 30 s", "MB", late);
            out.define("RSS grown from 10 s to 30 s", "MB", Against.NOTHING, 20.0, null);
            out.add("RSS grown from 10 s to 30 s", Subject.GATEWAY, late - early);
        }
        TimeUnit.SECONDS.sleep(bed.seconds(5));
        out.value("RSS after they left", "MB", Proc.rssMegabytes(process));
        Stage.stop(gateway.process());
    }

    /** What has left the upstream and not arrived: in buffers of the kernel and of the gateway. */
    private static double backlog(Stage stage, long sentBefore, SlowReaders readers) throws Exception {
        return (stage.upstreamStats()[1] - sentBefore - readers.bytesRead()) / 1e6 / READERS;
    }
}
