package dev.thalweg.bench.sdk;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code bench-sdk/run} says what it takes. */
public final class Bench {
    private Bench() {}

    /** Measures and writes {@code bench-sdk/target/compare.md}. */
    public static void main(String[] args) throws Exception {
        List<String> arguments = Arrays.asList(args);
        boolean quick = arguments.contains("--quick");
        List<String> parts = List.of(value(arguments, "--only", "streams,start").split(","));
        int rounds = Integer.parseInt(value(arguments, "--rounds", quick ? "2" : "5"));
        List<Library> libraries = libraries(value(arguments, "--libraries", ""));
        Upstream upstream = new Upstream();
        Report report = new Report();
        report.machine(libraries, rounds);
        if (parts.contains("streams")) {
            new StreamsPart(upstream, report, rounds, quick ? 1 : 3).run(libraries);
        }
        List<Library> own = libraries.stream().filter(Library::own).toList();
        if (parts.contains("start")) {
            new StartPart(upstream, report, quick ? 2 : 2 * rounds).run(own);
        }
        if (parts.contains("crowd")) {
            new CrowdPart(upstream, report).run(own, quick ? List.of(200) : List.of(1_000, 10_000));
        }
        report.machineAfter();
        report.write(Path.of(System.getProperty("bench.sdk.home"), "target", "compare.md"));
        System.exit(0);
    }

    private static List<Library> libraries(String names) {
        return Arrays.stream(Library.values())
                .filter(library -> names.isEmpty() || List.of(names.split(",")).contains(library.name()))
                .toList();
    }

    private static String value(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 || at + 1 == arguments.size() ? otherwise : arguments.get(at + 1);
    }
}
