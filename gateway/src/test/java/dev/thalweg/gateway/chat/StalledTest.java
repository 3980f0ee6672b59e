package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.endedAs;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import dev.thalweg.testkit.UnansweredPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every clock of a call: which waiting it bounds, what the caller is told, that the upstream is closed. */
class StalledTest {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static void timedOut(JsonNode error, String code) {
        assertThat(error.path("type").asString()).isEqualTo("timeout_error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("message").asString()).contains("Waited 150 ms for");
    }

    @Test
    void connecting() {
        try (var port = UnansweredPort.start();
                var gateway = TestGateway.before(port.url(), "connect_timeout: 150ms")) {
            timedOut(ask(gateway, streamed()).error(504), "connect_timeout");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("stalled");
            Chats.settled(gateway);
        }
    }

    @Test
    void waitingForAFreeConnection() {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = TestGateway.before(
                        upstream.url(), "pool_timeout: 150ms", "max_connections: 1", "event_loops: 1")) {
            RawClient first = gateway.post(streamed());
            upstream.takeRequest(SOON);
            timedOut(ask(gateway, streamed()).error(504), "pool_timeout");
            first.close();
            List<JsonNode> rows = Chats.rows(gateway, 2);
            assertThat(rows)
                    .extracting(row -> row.path("outcome").asString())
                    .containsExactly("stalled", "caller_gone");
            Chats.settled(gateway);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void aFreedConnectionGoesToWhoWaitsForIt() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.before(upstream.url(), "max_connections: 1", "event_loops: 1")) {
            var go = new java.util.concurrent.CountDownLatch(1);
            upstream.always(Script.sse().awaitSignal(go).bytes(body("Hi")).build());
            try (RawClient first = gateway.post(streamed());
                    RawClient second = gateway.post(streamed());
                    RawClient third = gateway.post(streamed())) {
                upstream.takeRequest(SOON);
                go.countDown();
                for (RawClient client : List.of(first, second, third)) {
                    Chats.Answer answer = Chats.read(client);
                    assertThat(answer.text()).isEqualTo("Hi");
                    assertThat(answer.done()).isTrue();
                }
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    private static byte[] body(String text) {
        return ("data: " + OpenAiScripts.roleChunk() + "\n\ndata: " + OpenAiScripts.contentChunk(text) + "\n\ndata: "
                        + OpenAiScripts.finishChunk("stop") + "\n\ndata: [DONE]\n\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void theFirstByteOfAStream() {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = TestGateway.before(upstream.url(), "first_byte_timeout: 150ms")) {
            timedOut(ask(gateway, streamed()).error(504), "first_byte_timeout");
            endedAs("stalled", gateway, upstream);
            assertThat(upstream.takeRequest(SOON).awaitDisconnect(SOON)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void theFirstByteOfAUnaryAnswer() {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = TestGateway.before(upstream.url(), "first_byte_timeout: 150ms")) {
            timedOut(ask(gateway, unary()).error(504), "first_byte_timeout");
            endedAs("stalled", gateway, upstream);
        }
    }

    @Test
    void theFirstTokenWhileOnlyCommentsCome() {
        Script comments = Script.sse()
                .repeat(400, script -> script.comment("PROCESSING").flush().sleep(PAUSE))
                .build();
        try (var upstream = ScriptedUpstream.start().always(comments);
                var gateway = TestGateway.before(upstream.url(), "first_token_timeout: 150ms")) {
            timedOut(ask(gateway, streamed()).error(504), "first_token_timeout");
            endedAs("stalled", gateway, upstream);
        }
    }

    @Test
    void theFirstTokenWhileOnlyRolesCome() {
        Script roles = Script.sse()
                .repeat(
                        400,
                        script ->
                                script.event(OpenAiScripts.roleChunk()).flush().sleep(PAUSE))
                .build();
        try (var upstream = ScriptedUpstream.start().always(roles);
                var gateway = TestGateway.before(upstream.url(), "first_token_timeout: 150ms")) {
            // No other attempt is possible, so the head is out with the first event.
            timedOut(ask(gateway, streamed()).errorEvent(), "first_token_timeout");
            endedAs("stalled", gateway, upstream);
        }
    }

    @Test
    void theGapBetweenTwoEvents() {
        Script stalls = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(stalls);
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 150ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            timedOut(answer.errorEvent(), "idle_timeout");
            assertThat(answer.text()).isEqualTo("Hel");
            JsonNode row = endedAs("stalled", gateway, upstream);
            assertThat(row.path("code").asString()).isEqualTo("idle_timeout");
        }
    }

    @Test
    void aTrickleOfBytesIsNoEvent() {
        Script trickle = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .text("data: ")
                .repeat(400, script -> script.text(" ").flush().sleep(PAUSE))
                .build();
        try (var upstream = ScriptedUpstream.start().always(trickle);
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 150ms")) {
            timedOut(ask(gateway, streamed()).errorEvent(), "idle_timeout");
            endedAs("stalled", gateway, upstream);
        }
    }

    @Test
    void commentsResetTheIdleClock() {
        Script slow = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .repeat(30, script -> script.comment("ping").flush().sleep(PAUSE))
                .event(OpenAiScripts.contentChunk("lo"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 450ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(answer.done()).isTrue();
        }
    }

    @Test
    void aUnaryAnswerAsAWhole() {
        Script slow = Script.status(200)
                .header("Content-Type", "application/json")
                .repeat(400, script -> script.text(" ").flush().sleep(PAUSE))
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = TestGateway.before(upstream.url(), "timeout: 150ms")) {
            timedOut(ask(gateway, unary()).error(504), "total_timeout");
            endedAs("deadline", gateway, upstream);
        }
    }

    @Test
    void aStreamAsAWhole() {
        Script endless = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .repeat(
                        400,
                        script -> script.event(OpenAiScripts.contentChunk("x"))
                                .flush()
                                .sleep(PAUSE))
                .build();
        try (var upstream = ScriptedUpstream.start().always(endless);
                var gateway = TestGateway.before(upstream.url(), "total_timeout: 150ms")) {
            timedOut(ask(gateway, streamed()).errorEvent(), "total_timeout");
            endedAs("deadline", gateway, upstream);
        }
    }

    @Test
    void aSlowStreamIsNotBoundByTheTimeoutOfUnaryCalls() {
        Script slow = OpenAiScripts.streaming()
                .text("a", "b", "c", "d", "e", "f", "g", "h")
                .delay(Duration.ofMillis(80))
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = TestGateway.before(upstream.url(), "timeout: 500ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("abcdefgh");
            assertThat(answer.done()).isTrue();
        }
    }
}
