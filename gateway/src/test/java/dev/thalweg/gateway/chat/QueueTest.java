package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Routes.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deployments that serve no more than so many at a time, and who waits for them. */
class QueueTest {
    private final CountDownLatch go = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start()
            .answer(request -> Script.sse()
                    .event(OpenAiScripts.contentChunk("Hi"))
                    .awaitSignal(go)
                    .event(OpenAiScripts.finishChunk("stop"))
                    .event("[DONE]")
                    .build());

    private TestGateway gateway(String settings) {
        return Routes.gateway(
                "thalweg_settings: {" + settings + "}",
                deployment("gpt", "only", upstream.url(), "max_parallel_requests: 1"));
    }

    private static void begins(RawClient client) {
        assertThat(client.timeout(Chats.SOON).readHead().status()).isEqualTo(200);
        client.readUntil("Hi");
    }

    /** One request is in the queue: that it runs does not yet say so. */
    private static void waits(TestGateway gateway) {
        Chats.until("one to wait", () -> Chats.metric(gateway, "thalweg_queue_length{model=\"gpt\"}") == 1);
    }

    @Test
    void whoFindsItFullWaitsItsTurn() {
        try (var gateway = gateway("queue_timeout: 10");
                RawClient first = gateway.post(streamed());
                RawClient second = gateway.post(streamed())) {
            // Either may be the first.
            Chats.until("both to be under way", () -> gateway.server().running() == 2);
            Chats.until("one to be served", () -> upstream.requests().size() == 1);
            go.countDown();
            assertThat(Chats.read(first).done()).isTrue();
            Chats.Answer answer = Chats.read(second);
            assertThat(answer.done()).isTrue();
            assertThat(upstream.requests()).hasSize(2);
            Chats.settled(gateway);
        }
    }

    @Test
    void whoWaitedTooLongIsToldSo() {
        try (var gateway = gateway("queue_timeout: 200ms");
                RawClient first = gateway.post(streamed())) {
            begins(first);
            JsonNode error = ask(gateway, streamed()).error(429);
            assertThat(error.path("code").asString()).isEqualTo("no_deployment_free");
            assertThat(upstream.requests()).hasSize(1);
            go.countDown();
        }
    }

    @Test
    void noMoreWaitThanMay() {
        try (var gateway = gateway("max_queue: 1, queue_timeout: 10");
                RawClient first = gateway.post(streamed())) {
            begins(first);
            try (RawClient second = gateway.post(streamed())) {
                waits(gateway);
                ask(gateway, streamed()).error(429);
                go.countDown();
                assertThat(Chats.read(second).done()).isTrue();
            }
            Chats.settled(gateway);
        }
    }

    @Test
    void whoLeavesGivesHisPlaceAway() {
        try (var gateway = gateway("max_queue: 1, queue_timeout: 10");
                RawClient first = gateway.post(streamed())) {
            begins(first);
            try (RawClient second = gateway.post(streamed())) {
                waits(gateway);
                second.closeNow();
            }
            Chats.until("the second to be gone", () -> gateway.server().running() == 1);
            try (RawClient third = gateway.post(streamed())) {
                waits(gateway);
                go.countDown();
                assertThat(Chats.read(third).done()).isTrue();
            }
            assertThat(upstream.requests()).hasSize(2);
            Chats.settled(gateway);
        }
    }

    @Test
    void aFallbackIsNotWaitedFor() {
        try (var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("spare"));
                var gateway = Routes.gateway(
                        "thalweg_settings: {fallbacks: [{gpt: [spare]}]}",
                        deployment("gpt", "only", upstream.url(), "max_parallel_requests: 1"),
                        deployment("spare", "spare", spare.url()));
                RawClient first = gateway.post(streamed())) {
            begins(first);
            assertThat(ask(gateway, streamed()).text()).isEqualTo("spare");
            go.countDown();
        }
    }
}
