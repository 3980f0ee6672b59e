package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A gateway that stops while requests are under way. */
class ShutdownTest {
    private static final String SHORT = "num_retries: 0\ngeneral_settings: {shutdown_timeout: 200ms}";

    private static ScriptBuilder begun() {
        return Script.sse().event(OpenAiScripts.roleChunk()).event(OpenAiScripts.contentChunk("Hel"));
    }

    @Test
    void aRunningStreamFinishesWhileNobodyNewIsLetIn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Script script = begun().awaitSignal(go)
                .event(OpenAiScripts.contentChunk("lo"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url());
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("Hel\"");
            var closing = CompletableFuture.runAsync(gateway::close);
            Chats.until("the port to be closed", () -> refuses(gateway));
            go.countDown();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(answer.done()).isTrue();
            assertThat(answer.clean()).isTrue();
            assertThat(client.awaitClose()).isTrue();
            closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    private static boolean refuses(TestGateway gateway) {
        try (RawClient client = gateway.connect()) {
            client.get("/health/live", Map.of());
            client.readHead();
            return false;
        } catch (RuntimeException | AssertionError e) {
            return true;
        }
    }

    @Test
    void aStreamThatCannotFinishEndsInAnErrorEvent() throws Exception {
        try (var upstream = ScriptedUpstream.start().always(begun().hang().build());
                var gateway = Chats.gateway(upstream.url(), "", SHORT);
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("Hel\"");
            var closing = CompletableFuture.runAsync(gateway::close);
            RawClient.Body rest = client.readBody();
            JsonNode error = new Chats.Answer(head, before + rest.text(), rest.clean()).errorEvent();
            assertThat(error.path("code").asString()).isEqualTo("shutting_down");
            closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("shutdown");
            assertThat(row.path("status").asInt()).isEqualTo(200);
            upstream.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void aRequestWithoutAnswerYetGetsAnErrorStatus() throws Exception {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = Chats.gateway(upstream.url(), "", SHORT);
                RawClient client = gateway.post(streamed())) {
            upstream.takeRequest(SOON);
            var closing = CompletableFuture.runAsync(gateway::close);
            JsonNode error = Chats.read(client).error(503);
            assertThat(error.path("code").asString()).isEqualTo("shutting_down");
            assertThat(client.awaitClose()).isTrue();
            closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("shutdown");
            upstream.awaitOpenConnections(0, SOON);
        }
    }
}
