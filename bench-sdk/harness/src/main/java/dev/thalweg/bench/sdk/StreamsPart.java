package dev.thalweg.bench.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Processor time and bytes allocated per stream, all libraries in turns. */
record StreamsPart(Upstream upstream, Report report, int rounds, int times) {
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    /** What was measured of one library in one row. */
    private record Cost(StreamRow row, Samples micros, Samples kilobytes) {}

    /** A library at work. */
    private record Running(Library library, Worker worker, List<Cost> costs) {}

    void run(List<Library> libraries) throws IOException {
        List<Running> all = new ArrayList<>();
        try {
            for (Library library : libraries) {
                all.add(start(library));
            }
            for (int round = 0; round < rounds; round++) {
                List<Running> turn = new ArrayList<>(all);
                Collections.rotate(turn, round);
                for (StreamRow row : StreamRow.values()) {
                    for (Running running : turn) {
                        measure(running.worker(), running.costs().get(row.ordinal()));
                    }
                }
            }
        } finally {
            all.forEach(running -> running.worker().close());
        }
        for (StreamRow row : StreamRow.values()) {
            table(row, all);
        }
    }

    private Running start(Library library) throws IOException {
        Worker worker = new Worker(library, upstream.url(), new Script(100, 0, 0), JVM);
        worker.ask(StreamRow.WARM_UP);
        worker.ask(StreamRow.AT_ONCE.command(times));
        List<Cost> costs = Arrays.stream(StreamRow.values())
                .map(row -> new Cost(row, new Samples(), new Samples()))
                .toList();
        return new Running(library, worker, costs);
    }

    private void measure(Worker worker, Cost cost) throws IOException {
        long before = worker.processorNanos();
        long bytes = Long.parseLong(worker.ask(cost.row().command(times)));
        long nanos = worker.processorNanos() - before;
        int streams = cost.row().streams(times);
        cost.micros().add(nanos / 1e3 / streams);
        cost.kilobytes().add(bytes / 1e3 / streams);
    }

    private void table(StreamRow row, List<Running> all) {
        Cost first = all.getFirst().costs().get(row.ordinal());
        report.title("A stream of 100 chunks: " + row);
        report.head("", "processor time", "to the first's", "allocated", "to the first's");
        for (Running running : all) {
            Cost cost = running.costs().get(row.ordinal());
            report.row(
                    running.library().toString(),
                    "%,.0f µs".formatted(cost.micros().median()),
                    cost.micros().times(first.micros()),
                    "%,.0f KB".formatted(cost.kilobytes().median()),
                    cost.kilobytes().times(first.kilobytes()));
        }
    }
}
