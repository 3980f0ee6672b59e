package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("hello"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Path config(String model, String... general) throws IOException {
        return Files.writeString(
                directory.resolve("config.yaml"), """
                model_list:
                  - model_name: %s
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-canary-upstream}
                thalweg_settings: {event_loops: 1}
                general_settings: {shutdown_delay: 0, %s}
                """.formatted(model, upstream.url(), String.join(", ", general)));
    }

    private ServeProcess serve(int port, String... general) throws IOException {
        return serve(port, config("gpt", general), directory.resolve("stdout"));
    }

    private ServeProcess serve(int port, Path config, Path out, String... options) throws IOException {
        return ServeProcess.start(port, config, directory.resolve("data"), out, options);
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
        ServeProcess first = serve(0);
        try (RawClient client = first.stream()) {
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readUntil("one");
            first.terminate();
            assertThat(first.lineWith("Stopping")).contains("1 requests are under way");
            goOn.countDown();
            RawClient.Body rest = client.readBody();
            assertThat(rest.clean()).isTrue();
            assertThat(TestGateway.plain(rest.text()))
                    .endsWith("data: [DONE]\n\n")
                    .doesNotContain("error");
            assertThat(client.awaitClose()).isTrue();
        }
        assertThat(first.exitCode()).isZero();
        assertThat(first.lineWith("Stopped")).isNotEmpty();
        assertThat(first.log())
                .singleElement()
                .asString()
                .startsWith("{\"time\":")
                .contains("\"outcome\":\"complete\"");

        ServeProcess second = serve(first.port());
        assertThat(second.port()).isEqualTo(first.port());
        try (RawClient client = second.stream()) {
            client.readHead();
            assertThat(TestGateway.plain(client.readBody().text())).endsWith("[DONE]\n\n");
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
        ServeProcess deaf = serve(0, config, directory.resolve("out1"), "--no-reload");
        ServeProcess watching = serve(0, config, directory.resolve("out2"));
        try (RawClient client = deaf.stream()) {
            client.readHead();
            client.readUntil("one");
            config("other", "shutdown_timeout: 1s");
            assertThat(watching.lineWith("Configuration"))
                    .contains("models added: other; models removed: gpt; settings changed: shutdown_timeout 30s -> 1s");
            assertThat(deaf.models()).contains("\"gpt\"").doesNotContain("other");

            deaf.signal("HUP");
            assertThat(deaf.lineWith("Configuration")).contains("models added: other; models removed: gpt");
            assertThat(deaf.models()).contains("\"other\"").doesNotContain("gpt");
            Files.writeString(config, "modell_list: []");
            deaf.signal("HUP");
            assertThat(deaf.lineWith("Configuration")).contains("stays in force");
            assertThat(deaf.err().readLine()).contains("config.yaml:1:1: ");
            assertThat(deaf.models()).contains("\"other\"");

            goOn.countDown();
            assertThat(TestGateway.plain(client.readBody().text())).endsWith("[DONE]\n\n");
        }
        for (ServeProcess gateway : List.of(deaf, watching)) {
            gateway.terminate();
            assertThat(gateway.exitCode()).isZero();
        }
    }

    @Test
    void standardOutputHasTheLogAndNothingElseAndNoKeyIsShown() throws Exception {
        ServeProcess gateway = serve(0, "master_key: sk-canary-master");
        for (String key : List.of("sk-canary-master", "sk-canary-master", "sk-canary-wrong")) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                client.post("/v1/chat/completions", Map.of("api-key", key), ServeProcess.STREAM);
                client.readHead();
                client.readBody();
            }
        }
        gateway.terminate();
        String rest = String.join("\n", gateway.err().lines().toList());
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(rest)
                .contains(
                        "Models: gpt",
                        "Request record: ",
                        "Stopping: the port closes; 0 requests are under way.",
                        "Stopped.");
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
