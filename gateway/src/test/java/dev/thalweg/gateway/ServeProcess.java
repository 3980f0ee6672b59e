package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code thalweg serve} as a process of its own that listens, with what it goes on to say, for tests. */
record ServeProcess(Process process, BufferedReader err, Path out, int port) {
    /** A streamed request to the model {@code gpt}. */
    static final String STREAM =
            "{\"model\":\"gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static final Pattern LISTENS = Pattern.compile("Thalweg listens on http://127\\.0\\.0\\.1:(\\d+) .*");

    /** Starts it and waits until it listens. */
    static ServeProcess start(int port, Path config, Path data, Path out, String... options) throws IOException {
        return start(Map.of(), port, config, data, out, options);
    }

    /** The same with these variables in its environment, too. */
    static ServeProcess start(
            Map<String, String> environment, int port, Path config, Path data, Path out, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                Integer.toString(port),
                "--config",
                config.toString(),
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return new ServeProcess(process, err, out, Integer.parseInt(listens.group(1)));
            }
        }
        throw new AssertionError("the gateway did not start");
    }

    RawClient stream() {
        RawClient client = RawClient.connect(port);
        client.post("/v1/chat/completions", Map.of(), STREAM);
        return client.timeout(Duration.ofSeconds(20));
    }

    /** What {@code /v1/models} lists. */
    String models() {
        try (RawClient client = RawClient.connect(port)) {
            client.get("/v1/models", Map.of());
            client.readHead();
            return TestGateway.plain(client.readBody().text());
        }
    }

    String lineWith(String text) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("standard error ended without '" + text + "'");
    }

    /** Sends SIGTERM, and leaves standard error open. */
    void terminate() {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    /** Sends the signal of this name, without its {@code SIG}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    List<String> log() throws IOException {
        return Files.readAllLines(out);
    }
}
