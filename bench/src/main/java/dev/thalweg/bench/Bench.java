package dev.thalweg.bench;

import java.nio.file.Path;
import java.util.List;

/** {@code bench/run}, {@code bench/profile} and {@code bench/report}; and the upstream they start. */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<String> rest = List.of(args).subList(1, args.length);
        try {
            switch (args[0]) {
                case "run" -> Run.main(Options.of(rest));
                case "profile" -> Profile.main(rest);
                case "report" -> Report.main(rest);
                case "upstream" -> Upstream.main(Path.of(rest.get(0)));
                default -> throw new IllegalArgumentException("'" + args[0] + "' is unknown");
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0); // the load's event loop would go on
    }
}
