package dev.thalweg.bench;

import java.util.List;

/** What the command line asks for. */
record Options(List<String> rows, int rounds, String transport, boolean quick, boolean keep) {
    private static final List<String> ALL = List.of(
            "start",
            "json",
            "stream",
            "tls",
            "tls-callers",
            "features",
            "translated",
            "failover",
            "prompts",
            "slow",
            "idle",
            "warmup");
    private static final List<String> TRANSPORTS = List.of("auto", "epoll", "io_uring", "nio");
    private static final List<String> DEFAULT = List.of("start", "json", "stream");

    static Options of(List<String> args) {
        List<String> rows = DEFAULT;
        int rounds = 0;
        String transport = "auto";
        boolean quick = false;
        boolean keep = false;
        for (int i = 0; i < args.size(); i++) {
            String value = i + 1 < args.size() ? args.get(i + 1) : "";
            switch (args.get(i)) {
                case "--all" -> rows = ALL;
                case "--quick" -> quick = true;
                case "--keep" -> keep = true;
                case "--only" -> {
                    List<String> asked = List.of(value.split(","));
                    if (!ALL.containsAll(asked)) {
                        throw new IllegalArgumentException("--only '" + value + "': rows are " + String.join(",", ALL));
                    }
                    rows = ALL.stream().filter(asked::contains).toList();
                    i++;
                }
                case "--rounds" -> {
                    if (!value.matches("[1-9][0-9]?")) {
                        throw new IllegalArgumentException("--rounds '" + value + "': a number from 1 to 99");
                    }
                    rounds = Integer.parseInt(value);
                    i++;
                }
                case "--transport" -> {
                    if (!TRANSPORTS.contains(value)) {
                        throw new IllegalArgumentException("--transport '" + value + "': " + TRANSPORTS);
                    }
                    transport = value;
                    i++;
                }
                default -> throw new IllegalArgumentException("'" + args.get(i) + "' is unknown; see bench/run --help");
            }
        }
        return new Options(rows, rounds > 0 ? rounds : quick ? 2 : 5, transport, quick, keep);
    }
}
