package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run of wrk saw. */
record Wrk(long requests, double p50Micros, double p99Micros) {
    private static final String SCRIPT = """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Authorization"] = "Bearer %s"
            wrk.headers["Connection"] = %s
            wrk.body = '%s'
            done = function(summary, latency, requests)
              local e = summary.errors
              print("RESULT " .. summary.requests .. " " .. latency:percentile(50) .. " " .. latency:percentile(99)
                .. " " .. (e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;

    /** Such requests for so many seconds; a failure among them fails the run. */
    static Wrk run(Requests what, int seconds) throws IOException, InterruptedException, FailedWindow {
        Process wrk = start(what.scene().stage(), what.server(), what.body(), what.connections(), what.kept(), seconds);
        String said = new String(wrk.getInputStream().readAllBytes());
        wrk.waitFor();
        String[] result = said.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new FailedWindow("wrk said: " + said.strip()))
                .split(" ");
        if (!result[4].equals("0") || result[1].equals("0")) {
            throw new FailedWindow(result[4] + " of " + result[1] + " requests failed");
        }
        return new Wrk(Long.parseLong(result[1]), Double.parseDouble(result[2]), Double.parseDouble(result[3]));
    }

    /** Begins with small requests to this server, for so many seconds; {@code kept}: over connections used again. */
    static Process start(Stage stage, String server, String body, int connections, boolean kept, int seconds)
            throws IOException {
        Path script = Files.writeString(
                stage.directory.resolve("wrk.lua"), SCRIPT.formatted(Gateway.KEY, kept ? "nil" : "\"close\"", body));
        ProcessBuilder wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        server + "/v1/chat/completions")
                .redirectErrorStream(true);
        return stage.start(wrk, stage.processors.others());
    }
}
