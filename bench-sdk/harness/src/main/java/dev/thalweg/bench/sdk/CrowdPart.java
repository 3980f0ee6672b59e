package dev.thalweg.bench.sdk;

import java.io.IOException;
import java.util.List;

/** Streams that are all open at once, in 512 MB of heap. */
record CrowdPart(Upstream upstream, Report report) {
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
    private static final int GAP = 1000;
    private static final int CHUNKS = 20;
    private static final long STALLED_NANOS = 15_000_000_000L;

    void run(List<Library> libraries, List<Integer> sizes) throws Exception {
        report.title("Streams open at once, `-Xmx512m`, 20 chunks each, one a second");
        report.head(
                "",
                "streams",
                "open at once",
                "whole",
                "heap in use then",
                "each",
                "resident at most",
                "platform threads",
                "processor time",
                "what failed");
        for (int streams : sizes) {
            for (Library library : libraries) {
                try (Worker worker = new Worker(library, upstream.url(), new Script(CHUNKS, 0, 0), JVM)) {
                    measure(library, worker, streams);
                }
            }
        }
    }

    private void measure(Library library, Worker worker, int streams) throws Exception {
        upstream.closeGate();
        long processor = worker.processorNanos();
        int open = 0;
        try {
            long before = Long.parseLong(worker.ask("crowd " + new Script(CHUNKS, -GAP, 0).model() + " " + streams));
            open = awaitAllOpen(streams);
            String[] heap = worker.ask("heap").split(" ");
            upstream.openGate();
            String[] end = worker.ask("end").split(" ", 3);
            long live = Long.parseLong(heap[0]);
            report.row(
                    library.toString(),
                    "%,d".formatted(streams),
                    "%,d".formatted(open),
                    "%,d".formatted(Integer.parseInt(end[0])),
                    live / 1_000_000 + " MB",
                    (live - before) / 1000 / Math.max(1, open) + " KB",
                    Long.parseLong(end[1]) / 1000 + " MB",
                    heap[1],
                    "%.1f s".formatted((worker.processorNanos() - processor) / 1e9),
                    end[2].equals("{}") ? "" : end[2]);
        } catch (IOException e) {
            upstream.openGate();
            report.row(
                    library.toString(),
                    "%,d".formatted(streams),
                    "%,d".formatted(Math.max(open, upstream.waiting())),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    String.valueOf(e.getMessage()));
        }
    }

    /** Until all are, or no more come. */
    private int awaitAllOpen(int streams) throws InterruptedException {
        int open = 0;
        long since = System.nanoTime();
        while (open < streams && System.nanoTime() - since < STALLED_NANOS) {
            Thread.sleep(100);
            int now = upstream.waiting();
            if (now != open) {
                open = now;
                since = System.nanoTime();
            }
        }
        return open;
    }
}
