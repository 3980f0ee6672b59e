package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, too slow, unwanted, or never come; and heads that never end. */
class BodyLimitsTest {
    private static final int CAP = 64 * 1024;
    private static final Duration SOON = Duration.ofSeconds(8);

    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        gateway = gateway(CAP);
    }

    private static TestGateway gateway(int cap) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                general_settings: {max_request_bytes: %d, header_timeout: 700ms, body_timeout: 700ms}
                """.formatted(upstream.url(), cap));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static String head(String headers) {
        return "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    private static String bodyOf(int length) {
        String start = HELLO.substring(0, HELLO.length() - 1) + ",\"padding\":\"";
        return start + "x".repeat(length - start.length() - 2) + "\"}";
    }

    @Test
    void aBodyOfExactlyTheCapIsServedAndOneByteMoreIsNot() {
        assertThat(Answers.chat(gateway, bodyOf(CAP)).status()).isEqualTo(200);
        Answers.chat(gateway, bodyOf(CAP + 1)).isError(413, "request_too_large");
        assertThat(Answers.ask(gateway, Answers.chunked(bodyOf(CAP), 999)).status())
                .isEqualTo(200);
        Answers.ask(gateway, Answers.chunked(bodyOf(CAP + 1), 999)).isError(413, "request_too_large");
    }

    @Test
    void aSmallCapHoldsForChunkedBodiesToo() {
        try (TestGateway small = gateway(100)) {
            assertThat(Answers.ask(small, Answers.chunked(HELLO, 10)).status()).isEqualTo(200);
            Answers.ask(small, Answers.chunked(bodyOf(200), 10)).isError(413, "request_too_large");
        }
    }

    @Test
    void aBodyAnnouncedTooLongIsRefusedBeforeItComesAndTheConnectionGoesOnBehindIt() {
        try (RawClient client = gateway.connect()) {
            client.send(head("Content-Length: " + (3 * CAP) + "\r\n"));
            Answers.read(client).isError(413, "request_too_large");
            client.send("x".repeat(3 * CAP)).send(Answers.get("/health/live"));
            assertThat(Answers.read(client).status()).isEqualTo(200);
        }
    }

    @Test
    void theAnswerIsThereWhileAChunkedBodyTooLongIsStillSent() {
        String piece = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        try (RawClient client = gateway.connect()) {
            client.send(head("Transfer-Encoding: chunked\r\n"));
            for (int i = 0; i < 64; i++) {
                client.send(piece);
            }
            Answers.read(client).isError(413, "request_too_large");
            client.send(piece).send("0\r\n\r\n").send(Answers.get("/health/live"));
            assertThat(Answers.read(client).status()).isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoClosesAfterwardsCanStillReadHisRefusal() {
        try (RawClient client = gateway.connect()) {
            client.send(head("Connection: close\r\nContent-Length: " + (64 * CAP) + "\r\n"));
            for (int i = 0; i < 60; i++) {
                client.send("x".repeat(CAP));
            }
            Answer answer = Answers.read(client).isError(413, "request_too_large");
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void aRefusalByTheHeadAloneCanBeReadWhileTheBodyIsStillSent() {
        try (RawClient client = gateway.connect()) {
            client.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (64 * CAP) + "\r\n\r\n");
            for (int i = 0; i < 64; i++) {
                client.send("x".repeat(CAP));
            }
            Answers.read(client).isError(404, "unknown_url");
            assertThat(Answers.read(client.send(Answers.get("/health/live"))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBodyIsAskedForOnlyWhenItWillBeRead() {
        String expect = "Expect: 100-continue\r\nContent-Length: ";
        try (RawClient client = gateway.connect()) {
            client.send(head(expect + HELLO.length() + "\r\n"));
            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(Answers.read(client.send(HELLO)).status()).isEqualTo(200);
            // The same connection serves on, also with the body sent unasked.
            client.send(head(expect + HELLO.length() + "\r\n") + HELLO);
            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(Answers.read(client).status()).isEqualTo(200);

            client.send(head(expect + (CAP + 1) + "\r\n"));
            Answer refused = Answers.read(client).isError(413, "request_too_large");
            // Nobody can tell now whether the body or another request follows.
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void anAnswerAfterContinueIsWholeAlsoWhenAHeadRequestWaitsBehindIt() {
        try (RawClient client = gateway.connect()) {
            client.send(head("Expect: 100-continue\r\nContent-Length: " + HELLO.length() + "\r\n") + HELLO
                    + "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + Answers.get("/health/ready"));
            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(Answers.read(client).body()).contains("hello");
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(Answers.read(client).body()).contains("\"models\"");
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefused() {
        try (RawClient client = gateway.connect()) {
            client.send(head("Content-Length: 1000\r\n") + "{");
            Answer answer = Answers.read(client.timeout(SOON)).isError(408, "request_body_timeout");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void aBodyNobodyReadsHoldsNoConnectionEither(String framing) {
        try (RawClient client = gateway.connect()) {
            client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n");
            Answers.read(client.timeout(SOON)).isError(408, "request_body_timeout");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void aGetMayHaveABody() {
        try (RawClient client = gateway.connect()) {
            String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
            client.send(request + request.replace("Content-Length: 5\r\n\r\nhello", "")
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(Answers.read(client).status()).isEqualTo(200);
            assertThat(Answers.read(client).status()).isEqualTo(200);
        }
    }

    @Test
    void anEndlessBodyOfAGetIsCutOff() {
        try (RawClient client = gateway.connect()) {
            client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                client.send("2000\r\n" + "x".repeat(0x2000) + "\r\n");
            }
            Answers.read(client).isError(413, "request_too_large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /health/li", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "})
    void aHeadThatDoesNotComeInTimeClosesTheConnection(String begun) {
        try (RawClient client = gateway.connect()) {
            client.timeout(SOON).send(begun);
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void alsoALaterHeadHasToComeInItsTime() {
        try (RawClient client = gateway.connect()) {
            assertThat(Answers.read(client.send(Answers.get("/health/live"))).status())
                    .isEqualTo(200);
            client.timeout(SOON).send("GET /health/li");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void aRestingConnectionOutlivesTheHeadersTime() {
        try (RawClient resting = gateway.connect();
                RawClient clock = gateway.connect()) {
            Answers.read(resting.send(Answers.get("/health/live")));
            // Two connections that send nothing show that twice the time of a head is over.
            assertThat(clock.timeout(SOON).awaitClose()).isTrue();
            try (RawClient second = gateway.connect()) {
                assertThat(second.timeout(SOON).awaitClose()).isTrue();
            }
            assertThat(Answers.read(resting.send(Answers.get("/health/live"))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoLeavesInTheMiddleOfHisBodyIsForgotten() {
        double before = Answers.metric(gateway, "thalweg_caller_connections");
        int asked = upstream.requests().size();
        for (int i = 0; i < 20; i++) {
            RawClient client = gateway.connect().send(head("Content-Length: 30000\r\n") + HELLO);
            if (i % 2 == 0) {
                client.closeNow();
            } else {
                client.close();
            }
        }
        long end = System.nanoTime() + SOON.toNanos();
        double open = Double.MAX_VALUE;
        // Each reading is a connection of its own, which may still be there at the next one: the lowest counts.
        while (open > before && System.nanoTime() < end) {
            open = Math.min(open, Answers.metric(gateway, "thalweg_caller_connections"));
        }
        assertThat(open).isLessThanOrEqualTo(before);
        assertThat(upstream.requests()).hasSize(asked);
    }

    @Test
    void manySlowCallersDoNotHinderOthers() {
        RawClient[] slow = new RawClient[200];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = gateway.connect().send(head("Content-Length: 60000\r\n"));
        }
        assertThat(Answers.chat(gateway, HELLO).status()).isEqualTo(200);
        for (RawClient client : slow) {
            client.close();
        }
        assertThat(get(gateway, "/health/ready", java.util.Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aCallerWhoGoesOnSendingAfterHisRefusalIsCutOffInTheEnd() {
        try (RawClient client = gateway.connect()) {
            client.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nx");
            Answers.read(client).isError(404, "unknown_url");
            assertThat(client.timeout(Duration.ofSeconds(20)).awaitClose()).isTrue();
        } catch (UncheckedIOException closedAlready) {
            throw new AssertionError("the connection was closed before its time", closedAlready);
        }
    }
}
