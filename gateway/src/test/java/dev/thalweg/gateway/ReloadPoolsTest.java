package dev.thalweg.gateway;

import static dev.thalweg.gateway.ReloadingGateway.SOON;
import static dev.thalweg.gateway.ReloadingGateway.streamed;
import static dev.thalweg.gateway.ReloadingGateway.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to providers when the configuration changes: kept where it still names the provider, else drained. */
class ReloadPoolsTest {
    private static final String MODEL =
            "  - {model_name: %s, params: {model: openai/x, api_base: \"%s\", api_key: %s}}\n";

    @TempDir
    private Path directory;

    private ScriptedUpstream first;
    private ScriptedUpstream second;

    @BeforeEach
    void start() {
        first = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        second = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static String yaml(String models, String settings) {
        return "model_list:\n" + models + "thalweg_settings: {event_loops: 1, num_retries: 0" + settings + "}\n";
    }

    private String a(String key) {
        return MODEL.formatted("a", first.url(), key);
    }

    private String b() {
        return MODEL.formatted("b", second.url(), "sk");
    }

    private ReloadingGateway gateway(String yaml) {
        return ReloadingGateway.of(directory.resolve("config.yaml"), yaml);
    }

    @Test
    void theConnectionToAProviderThatStaysIsUsedOnWithTheNewKey() {
        try (var gateway = gateway(yaml(a("sk-old") + b(), ""))) {
            assertThat(gateway.status("", unary("a"))).isEqualTo(200);
            gateway.reload(yaml(a("sk-new"), ""));
            assertThat(gateway.status("", unary("a"))).isEqualTo(200);
            assertThat(first.connections()).isEqualTo(1);
            assertThat(first.requests())
                    .extracting(request -> request.header("authorization").orElse(""))
                    .containsExactly("Bearer sk-old", "Bearer sk-new");
        }
    }

    @Test
    void restingConnectionsToAProviderThatIsGoneAreClosed() {
        try (var gateway = gateway(yaml(a("sk") + b(), ""))) {
            assertThat(gateway.status("", unary("b"))).isEqualTo(200);
            second.awaitOpenConnections(1, SOON);
            gateway.reload(yaml(a("sk"), ""));
            second.awaitOpenConnections(0, SOON);
            assertThat(gateway.status("", unary("b"))).isEqualTo(404);
            gateway.reload(yaml(a("sk") + b(), ""));
            assertThat(gateway.status("", unary("b"))).isEqualTo(200);
            assertThat(gateway.status("", unary("b"))).isEqualTo(200);
            assertThat(second.connections()).as("kept again").isEqualTo(2);
        }
    }

    @Test
    void aStreamOfAProviderThatIsGoneEndsWellAndItsConnectionCloses() {
        CountDownLatch goOn = new CountDownLatch(1);
        second.enqueue(ReloadTest.waiting(goOn));
        try (var gateway = gateway(yaml(a("sk") + b(), ""));
                RawClient stream = gateway.send("", streamed("b"))) {
            stream.readHead();
            stream.readUntil("one");
            gateway.reload(yaml(a("sk"), ""));
            assertThat(gateway.status("", unary("a"))).isEqualTo(200);
            assertThat(second.openConnections()).isEqualTo(1);
            goOn.countDown();
            assertThat(TestGateway.plain(stream.readBody().text()))
                    .contains("two")
                    .endsWith("data: [DONE]\n\n");
            second.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void anAttemptThatBeganBeforeIsRepeatedWithAProviderThatIsGone() {
        CountDownLatch fail = new CountDownLatch(1);
        second.enqueue(Script.raw().awaitSignal(fail).fin().build());
        try (var gateway = gateway(yaml(a("sk") + b(), "").replace("num_retries: 0", "num_retries: 1"));
                RawClient request = gateway.send("", unary("b"))) {
            second.takeRequest(SOON);
            gateway.reload(yaml(a("sk"), ""));
            assertThat(gateway.status("", unary("a"))).isEqualTo(200);
            fail.countDown();
            assertThat(request.readHead().status()).isEqualTo(200);
            request.readBody();
            second.awaitOpenConnections(0, SOON);
            assertThat(second.connections()).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsForAConnectionGetsOneWhenMoreAreAllowedAndFewerAreKeptWhenFewerAre() {
        CountDownLatch goOn = new CountDownLatch(1);
        first.enqueue(ReloadTest.waiting(goOn));
        try (var gateway = gateway(yaml(a("sk"), ", max_connections: 1, pool_timeout: 60s"));
                RawClient stream = gateway.send("", streamed("a"))) {
            stream.readHead();
            stream.readUntil("one");
            try (RawClient waits = gateway.send("", unary("a"))) {
                ReloadingGateway.until(
                        "both to be under way", () -> gateway.gateway().server().running() == 2);
                gateway.reload(yaml(a("sk"), ", max_connections: 2"));
                assertThat(waits.readHead().status()).isEqualTo(200);
                waits.readBody();
            }
            first.awaitOpenConnections(2, SOON);
            gateway.reload(yaml(a("sk"), ", max_connections: 1"));
            first.awaitOpenConnections(1, SOON);
            goOn.countDown();
            assertThat(TestGateway.plain(stream.readBody().text())).endsWith("data: [DONE]\n\n");
        }
    }
}
