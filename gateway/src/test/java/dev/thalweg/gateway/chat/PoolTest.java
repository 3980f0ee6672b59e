package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Connections to providers: used again when an answer was read to its end, and never otherwise. */
class PoolTest {
    private static final String ONE_LOOP = "event_loops: 1";

    private static List<Integer> places(ScriptedUpstream upstream) {
        return upstream.requests().stream()
                .map(RecordedRequest::indexOnConnection)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionServesOneRequestAfterTheOther(boolean stream) {
        Script script = stream ? OpenAiScripts.stream("Hi") : OpenAiScripts.completion("Hi");
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            for (int i = 0; i < 4; i++) {
                assertThat(ask(gateway, stream ? streamed() : unary()).status()).isEqualTo(200);
            }
            assertThat(places(upstream)).containsExactly(1, 2, 3, 4);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void anErrorStatusLeavesTheConnectionUsable() {
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(OpenAiScripts.error(400, "invalid_request_error", null, "No."))
                        .always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            ask(gateway, unary()).error(400);
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(places(upstream)).containsExactly(1, 2);
        }
    }

    @Test
    void aLastChunkThatComesLateIsWaitedForOutOfTheCallersSight() {
        CountDownLatch answered = new CountDownLatch(1);
        Script late = OpenAiScripts.streaming().text("Hi").toBuilder()
                .awaitSignal(answered)
                .comment("bye")
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(late).always(OpenAiScripts.stream("Ho"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            assertThat(ask(gateway, streamed()).done()).isTrue();
            answered.countDown();
            Chats.row(gateway);
            // The rest is read on the gateway's own time: asked again until it has been.
            Chats.until("the connection to be used again", () -> {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("Ho");
                return upstream.requests().stream()
                        .anyMatch(request -> request.connection() == 1 && request.indexOnConnection() > 1);
            });
        }
    }

    @Test
    void tooLongARestAfterDoneIsNotReadAtAll() {
        Script endless = OpenAiScripts.streaming().text("Hi").toBuilder()
                .repeat(2000, b -> b.text("x".repeat(1000)))
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(endless).always(OpenAiScripts.stream("Ho"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            Chats.Answer first = ask(gateway, streamed());
            assertThat(first.done()).isTrue();
            assertThat(first.body()).doesNotContain("xxx");
            upstream.takeRequest(SOON).awaitDisconnect(SOON);
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Ho");
            assertThat(places(upstream)).containsExactly(1, 1);
        }
    }

    @Test
    void aConnectionThatFailedIsNotUsedAgain() {
        Script bad = Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .event("{nonsense")
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(bad).always(OpenAiScripts.stream("Ho"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            ask(gateway, streamed()).errorEvent();
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Ho");
            assertThat(places(upstream)).containsExactly(1, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "connection: Close, x"})
    void aConnectionThatTheUpstreamWillCloseIsNotUsedAgain(String header) {
        Script last = Script.status(200)
                .headerLine(header)
                .header("Content-Type", "application/json")
                .text("{\"choices\":[]}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(last);
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(places(upstream)).containsExactly(1, 1);
        }
    }

    @Test
    void whatFollowsAnAnswerIsNeverTakenForTheNextOne() {
        String stolen = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n"
                + "{\"choices\":[],\"a\":\"stolen\"}";
        Script smuggling = Script.raw()
                .rawText("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                        + "{\"choices\":[]}" + stolen)
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(smuggling).always(OpenAiScripts.completion("mine"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP, "max_connections: 1")) {
            // The second one waits for the first one's connection, so that it would be handed over at once.
            try (RawClient first = gateway.post(unary())) {
                RecordedRequest request = upstream.takeRequest(SOON);
                RawClient second = gateway.post(unary());
                assertThat(Chats.read(first).body()).doesNotContain("stolen");
                assertThat(Chats.read(second).body()).contains("mine");
                request.awaitDisconnect(SOON);
            }
            assertThat(places(upstream)).containsExactly(1, 1);
        }
    }

    @Test
    void whoWaitsIsNotGivenTheBytesBehindAnAnswer() {
        CountDownLatch waits = new CountDownLatch(1);
        String stolen = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n"
                + "{\"choices\":[],\"a\":\"stolen\"}";
        Script smuggling = Script.raw()
                .awaitSignal(waits)
                .rawText("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                        + "{\"choices\":[]}" + stolen)
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(smuggling).always(OpenAiScripts.completion("mine"));
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP, "max_connections: 1");
                RawClient first = gateway.post(unary())) {
            upstream.takeRequest(SOON);
            try (RawClient second = gateway.post(unary())) {
                Chats.until("both to be under way", () -> gateway.server().running() == 2);
                waits.countDown();
                assertThat(Chats.read(first).status()).isEqualTo(200);
                assertThat(Chats.read(second).body()).contains("mine").doesNotContain("stolen");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStaleConnectionIsReplacedForFree(boolean reset) {
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            // The second request on the connection is what a server does that has just closed it.
            upstream.answer(request -> request.indexOnConnection() == 1
                    ? OpenAiScripts.completion("Hi")
                    : reset ? Script.refuse() : Script.refuseQuietly());
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(places(upstream)).containsExactly(1, 2, 1);
            JsonNode second = Chats.rows(gateway, 2).get(1);
            assertThat(second.path("outcome").asString()).isEqualTo("complete");
            assertThat(second.path("attempts")).hasSize(1);
            Chats.settled(gateway);
        }
    }

    @Test
    void aHeadThatBreaksOffOnAUsedConnectionIsNotAskedAgainForFree() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            upstream.answer(request -> request.indexOnConnection() == 1
                    ? OpenAiScripts.completion("Hi")
                    : Script.raw()
                            .rawText("HTTP/1.1 200 OK\r\nContent-Ty")
                            .fin()
                            .build());
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            ask(gateway, unary()).error(502);
            assertThat(places(upstream)).containsExactly(1, 2);
        }
    }

    @Test
    void aConnectionThatTheUpstreamClosedIsNotTried() {
        Script closing = OpenAiScripts.completion("Hi");
        Script withFin = Script.raw()
                .rawText(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}")
                .fin()
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(withFin).always(closing);
                var gateway = TestGateway.before(upstream.url(), ONE_LOOP)) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            upstream.awaitOpenConnections(0, SOON);
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(places(upstream)).containsExactly(1, 1);
        }
    }

    @Test
    void interimAnswersAreSkipped() {
        Script script = Script.raw()
                .rawText("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
                        + "{\"choices\":[]}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, unary()).body()).isEqualTo("{\"choices\":[]}");
        }
    }
}
