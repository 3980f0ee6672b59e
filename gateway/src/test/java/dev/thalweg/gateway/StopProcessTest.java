package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code thalweg serve} as a process that is asked to end. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisabledOnOs(OS.WINDOWS)
class StopProcessTest {
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

    private ServeProcess serve(String general) throws IOException {
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                thalweg_settings: {event_loops: 1}
                general_settings: {%s}
                """.formatted(upstream.url(), general));
        return ServeProcess.start(0, config, directory.resolve("data"), directory.resolve("stdout"));
    }

    private static int ready(ServeProcess gateway) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.get("/health/ready", Map.of());
            return client.readHead().status();
        }
    }

    @Test
    void onSigtermItServesForTheDelayAndASecondOneEndsThat() throws Exception {
        ServeProcess gateway = serve("shutdown_delay: 5m");
        assertThat(ready(gateway)).isEqualTo(200);
        gateway.signal("TERM");
        assertThat(gateway.lineWith("Leaving")).contains("for 300s (shutdown_delay)");
        assertThat(ready(gateway)).isEqualTo(503);
        try (RawClient client = gateway.stream()) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("connection")).contains("close");
            assertThat(TestGateway.plain(client.readBody().text())).endsWith("data: [DONE]\n\n");
        }
        gateway.signal("TERM");
        assertThat(gateway.err().lines())
                .containsExactly(
                        "A second signal: nothing is waited for any more.",
                        "Stopping: the port closes; 0 requests are under way.",
                        "Stopped.");
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).singleElement().asString().contains("\"outcome\":\"complete\"");
    }

    @Test
    void theDelayEndsByItselfAndWhatDoesNotEndInTimeIsToldAndTheExitCodeIsStillZero() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).hang().build());
        ServeProcess gateway = serve("shutdown_delay: 200ms, shutdown_timeout: 300ms");
        try (RawClient client = gateway.stream()) {
            client.readHead();
            client.readUntil("one");
            gateway.signal("TERM");
            assertThat(TestGateway.plain(client.readBody().text()))
                    .contains("event: error", "shutting_down")
                    .doesNotContain("[DONE]");
        }
        assertThat(gateway.err().lines().dropWhile(line -> !line.startsWith("Leaving")))
                .containsExactly(
                        "Leaving: readiness fails, and requests are still served for 200ms (shutdown_delay).",
                        "Stopping: the port closes; 1 requests are under way, with 300ms to finish"
                                + " (shutdown_timeout).",
                        "Ending 1 requests that have not finished.",
                        "Stopped.");
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).singleElement().asString().contains("\"outcome\":\"shutdown\"");
    }

    @Test
    void onCtrlCThePortClosesAtOnceAndASecondOneEndsRunningRequests() throws Exception {
        assumeFalse(Signals.ignored(2), "SIGINT is ignored here, as in a job in the background, and so in every child");
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).hang().build());
        ServeProcess gateway = serve("shutdown_delay: 5m, shutdown_timeout: 5m");
        try (RawClient client = gateway.stream()) {
            client.readHead();
            client.readUntil("one");
            gateway.signal("INT");
            assertThat(gateway.lineWith("ing: ")).startsWith("Stopping: the port closes; 1 requests are under way");
            gateway.signal("INT");
            assertThat(TestGateway.plain(client.readBody().text())).contains("event: error", "shutting_down");
        }
        assertThat(gateway.exitCode()).isZero();
        assertThat(gateway.log()).singleElement().asString().contains("\"outcome\":\"shutdown\"");
    }
}
