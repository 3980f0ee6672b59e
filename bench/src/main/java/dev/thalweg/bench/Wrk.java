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
            wrk.body = '%s'
            done = function(summary, latency, requests)
              local e = summary.errors
              print("RESULT " .. summary.requests .. " " .. latency:percentile(50) .. " " .. latency:percentile(99)
                .. " " .. (e.connect + e.read + e.write + e.status + e.timeout))
            end
            """;

    /** Small requests over so many connections; a failure among them fails the run. */
    static Wrk run(Scene scene, Subject subject, boolean tls, int connections, int seconds)
            throws IOException, InterruptedException, FailedWindow {
        Process wrk = start(
                scene.stage(),
                scene.port(subject, "json", tls),
                Scene.body(subject, "json", tls, null),
                connections,
                seconds);
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

    static Process start(Stage stage, int port, String body, int connections, int seconds) throws IOException {
        Path script = Files.writeString(stage.directory.resolve("wrk.lua"), SCRIPT.formatted(Gateway.KEY, body));
        ProcessBuilder wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/v1/chat/completions")
                .redirectErrorStream(true);
        return stage.start(wrk, stage.processors.others());
    }
}
