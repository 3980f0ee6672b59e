package dev.thalweg.bench.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cold starts, in turns: from {@code main} to the first byte at the upstream, and all that one stream takes. */
record StartPart(Upstream upstream, Report report, int rounds) {
    private static final List<String> JVM = List.of("-Xmx512m");
    private static final Script ONE = new Script(100, 0, 0);

    /** What was measured of one library, in milliseconds. */
    private record Start(Library library, Samples fromMain, Samples fromSpawn, Samples processor) {}

    void run(List<Library> libraries) throws IOException {
        List<Start> starts = new ArrayList<>();
        for (Library library : libraries) {
            starts.add(new Start(library, new Samples(), new Samples(), new Samples()));
            new Worker(library, upstream.url(), ONE, JVM).close(); // its jars are in memory then
        }
        for (int round = 0; round < rounds; round++) {
            List<Start> turn = new ArrayList<>(starts);
            Collections.rotate(turn, round);
            for (Start start : turn) {
                measure(start);
            }
        }
        table(starts);
    }

    private void measure(Start start) throws IOException {
        var _ = upstream.takeFirstByte();
        try (Worker worker = new Worker(start.library(), upstream.url(), ONE, JVM)) {
            long first = upstream.takeFirstByte();
            start.fromMain().add((first - worker.mainBegan()) / 1e6);
            start.fromSpawn().add((first - worker.spawned()) / 1e6);
            start.processor().add(worker.processorNanos() / 1e6);
        }
    }

    private void table(List<Start> starts) throws IOException {
        Start first = starts.getFirst();
        report.title("Start: a JVM that reads one stream");
        report.head(
                "",
                "`main` to the first byte sent",
                "to the first's",
                "with the JVM's own start",
                "processor time of all",
                "to the first's",
                "jars",
                "their size");
        for (Start start : starts) {
            report.row(
                    start.library().toString(),
                    "%,.0f ms".formatted(start.fromMain().median()),
                    start.fromMain().times(first.fromMain()),
                    "%,.0f ms".formatted(start.fromSpawn().median()),
                    "%,.0f ms".formatted(start.processor().median()),
                    start.processor().times(first.processor()),
                    Integer.toString(start.library().jars().size()),
                    "%.1f MB".formatted(start.library().bytes() / 1e6));
        }
    }
}
