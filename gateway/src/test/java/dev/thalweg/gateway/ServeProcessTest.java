package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code thalweg serve} as a process of its own: its streams, its signals, its exit code. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeProcessTest {
    private static final Pattern LISTENS = Pattern.compile("Thalweg listens on http://127\\.0\\.0\\.1:(\\d+) .*");
    private static final String STREAM =
            "{\"model\":\"gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;

    /** A gateway that serves, and what it said until then. */
    private record Running(Process process, BufferedReader err, Path out, int port) {
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
                return client.readBody().text();
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

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        List<String> log() throws IOException {
            return Files.readAllLines(out);
        }
    }

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("hello"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Path config(String model, String... sections) throws IOException {
        return Files.writeString(
                directory.resolve("config.yaml"), """
                model_list:
                  - model_name: %s
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-canary-upstream}
                thalweg_settings: {event_loops: 1}
                %s
                """.formatted(model, upstream.url(), String.join("\n", sections)));
    }

    private Running serve(int port, String... sections) throws IOException {
        return serve(port, config("gpt", sections), directory.resolve("stdout"));
    }

    private Running serve(int port, Path config, Path out, String... options) throws IOException {
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
                directory.resolve("data").toString()));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return new Running(process, err, out, Integer.parseInt(listens.group(1)));
            }
        }
        throw new AssertionError("the gateway did not start");
    }

    @Test
    void aRunningStreamIsFinishedBeforeItStopsAndASecondStartWorks() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(goOn)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        Running first = serve(0);
        try (RawClient client = first.stream()) {
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readUntil("one");
            first.terminate();
            assertThat(first.lineWith("Stopping")).contains("1 requests are under way");
            goOn.countDown();
            RawClient.Body rest = client.readBody();
            assertThat(rest.clean()).isTrue();
            assertThat(rest.text()).endsWith("data: [DONE]\n\n").doesNotContain("error");
            assertThat(client.awaitClose()).isTrue();
        }
        assertThat(first.exitCode()).isZero();
        assertThat(first.lineWith("Stopped")).isNotEmpty();
        assertThat(first.log())
                .singleElement()
                .asString()
                .startsWith("{\"time\":")
                .contains("\"outcome\":\"complete\"");

        Running second = serve(first.port());
        assertThat(second.port()).isEqualTo(first.port());
        try (RawClient client = second.stream()) {
            client.readHead();
            assertThat(client.readBody().text()).endsWith("[DONE]\n\n");
        }
        second.terminate();
        assertThat(second.exitCode()).isZero();
        assertThat(second.log()).hasSize(1);
        try (var files = Files.list(directory.resolve("data"))) {
            assertThat(files.mapToLong(ServeProcessTest::lines).sum()).isEqualTo(2);
        }
    }

    private static long lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aStreamThatDoesNotEndInTimeIsToldAndTheExitCodeIsStillZero() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).hang().build());
        Running gateway = serve(0, "general_settings: {shutdown_timeout: 300ms}");
        try (RawClient client = gateway.stream()) {
            client.readHead();
            client.readUntil("one");
            gateway.terminate();
            assertThat(client.readBody().text())
                    .contains("event: error", "shutting_down")
                    .doesNotContain("[DONE]");
        }
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).singleElement().asString().contains("\"outcome\":\"shutdown\"");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHangupHasTheFileReadWhereItIsNotWatchedAndARunningStreamGoesOn() throws Exception {
        assumeFalse(Signals.ignored(1), "SIGHUP is ignored here, as under nohup, and so it is in every child");
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(goOn)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        Path config = config("gpt");
        Running deaf = serve(0, config, directory.resolve("out1"), "--no-reload");
        Running watching = serve(0, config, directory.resolve("out2"));
        try (RawClient client = deaf.stream()) {
            client.readHead();
            client.readUntil("one");
            config("other", "general_settings: {shutdown_timeout: 1s}");
            assertThat(watching.lineWith("Configuration"))
                    .contains("models added: other; models removed: gpt; settings changed: shutdown_timeout 30s -> 1s");
            assertThat(deaf.models()).contains("\"gpt\"").doesNotContain("other");

            hangUp(deaf);
            assertThat(deaf.lineWith("Configuration")).contains("models added: other; models removed: gpt");
            assertThat(deaf.models()).contains("\"other\"").doesNotContain("gpt");
            Files.writeString(config, "modell_list: []");
            hangUp(deaf);
            assertThat(deaf.lineWith("Configuration")).contains("stays in force");
            assertThat(deaf.err().readLine()).contains("config.yaml:1:1: ");
            assertThat(deaf.models()).contains("\"other\"");

            goOn.countDown();
            assertThat(client.readBody().text()).endsWith("[DONE]\n\n");
        }
        for (Running gateway : List.of(deaf, watching)) {
            gateway.terminate();
            assertThat(gateway.exitCode()).isZero();
        }
    }

    private static void hangUp(Running gateway) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-HUP", Long.toString(gateway.process().pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void standardOutputHasTheLogAndNothingElseAndNoKeyIsShown() throws Exception {
        Running gateway = serve(0, "general_settings: {master_key: sk-canary-master}");
        for (String key : List.of("sk-canary-master", "sk-canary-master", "sk-canary-wrong")) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.post("/v1/chat/completions", Map.of("api-key", key), STREAM);
                client.readHead();
                client.readBody();
            }
        }
        gateway.terminate();
        String rest = String.join("\n", gateway.err().lines().toList());
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(rest).contains("Models: gpt", "Request record: ", "Stopping.", "Stopped.");
        assertThat(rest + gateway.log()).doesNotContain("canary");
    }

    @Test
    void aProcessThatCannotListenLeavesWithOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "serve",
                            "--data",
                            directory.toString(),
                            "--port",
                            Integer.toString(taken.getLocalPort()))
                    .start();
            String err = String.join("\n", process.errorReader().lines().toList());
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(err).contains("Cannot listen on 127.0.0.1:").doesNotContain("\tat ");
            assertThat(process.inputReader().lines()).isEmpty();
        }
    }
}
