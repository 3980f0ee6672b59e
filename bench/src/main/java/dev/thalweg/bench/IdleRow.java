package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.util.concurrent.TimeUnit;

/** Streams that are open and silent for 30 seconds, in a small heap; all of them must end well. */
record IdleRow() implements Row {
    private static final String OPTIONS = "-Xmx256m -XX:MaxDirectMemorySize=128m";
    private static final int SPARE_FILES = 400;

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        for (int wanted : new int[] {5_000, 10_000}) {
            int streams = Math.min(bed.count(wanted), mostStreams());
            String what = "%,d open streams, %s".formatted(streams, OPTIONS.replace("-XX:", ""));
            if (streams < bed.count(wanted)) {
                System.err.printf(
                        "bench: %,d streams instead of %,d: a process here may have %,d files open, a limit"
                                + " that could not be raised, and each stream takes two of the gateway%n",
                        streams, wanted, Proc.maxFiles());
                what += " (%,d wanted, no files left)".formatted(wanted);
            }
            out.define(what + ": failed", "streams", Against.NOTHING, wanted == 5_000 ? 0.0 : null, null);
            Gateway gateway = Gateway.start(bed.scene().stage(), "idle-" + wanted, OPTIONS);
            double before = Proc.rssMegabytes(gateway.process().toHandle());
            double[] during = new double[1];
            byte[] request = Scene.request(Subject.GATEWAY, "stream-1-30000", Tls.NONE, null);
            Samples seen = new Load(gateway.port(), request, streams, 1, streams, -1).run(() -> {
                pause();
                during[0] = Proc.rssMegabytes(gateway.process().toHandle());
            });
            if (seen.failure() != null) {
                System.err.println("bench: " + what + ": " + seen.failure());
            }
            out.add(what + ": failed", Subject.GATEWAY, streams - seen.count());
            out.value(what + ": RSS before", "MB", before);
            out.value(what + ": RSS", "MB", during[0]);
            out.value(what + ": RSS each", "KB", (during[0] - before) * 1024 / streams);
            Stage.stop(gateway.process());
        }
    }

    /** The gateway has two files open for each: the caller's connection and the upstream's. */
    private static int mostStreams() {
        return (Proc.maxFiles() - SPARE_FILES) / 2;
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
