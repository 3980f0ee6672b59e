package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyOrderTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void queuedScriptsComeFirstAndInOrder() {
        try (var upstream = ScriptedUpstream.start();
                var client = RawClient.connect(upstream.port())) {
            upstream.always(Script.json(200, "rest"))
                    .enqueue(Script.json(429, "1"))
                    .enqueue(Script.json(503, "2"));
            assertThat(exchange(client)).isEqualTo("429 1");
            assertThat(exchange(client)).isEqualTo("503 2");
            assertThat(exchange(client)).isEqualTo("200 rest");
            assertThat(exchange(client)).isEqualTo("200 rest");
        }
    }

    @Test
    void aFunctionAnswersByTheRequest() {
        try (var upstream = ScriptedUpstream.start();
                var client = RawClient.connect(upstream.port())) {
            upstream.answer(request -> Script.json(200, request.bodyText().toUpperCase()));
            assertThat(exchange(client)).isEqualTo("200 HELLO");
        }
    }

    @Test
    void aFunctionThatFailsIsA500WithItsMessage() {
        try (var upstream = ScriptedUpstream.start();
                var client = RawClient.connect(upstream.port())) {
            upstream.answer(request -> {
                throw new IllegalStateException("not \"this\" one");
            });
            assertThat(exchange(client)).startsWith("500").contains("not \\\"this\\\" one");
        }
    }

    @Test
    void nothingScriptedIsA500ThatSaysSo() {
        try (var upstream = ScriptedUpstream.start();
                var client = RawClient.connect(upstream.port())) {
            assertThat(exchange(client)).startsWith("500 {").contains("nothing is scripted for POST /v1 (connection 1");
        }
    }

    @Test
    void listensOnLoopbackUnderItsUrl() {
        try (var upstream = ScriptedUpstream.start()) {
            assertThat(upstream.url()).isEqualTo("http://127.0.0.1:" + upstream.port());
        }
    }

    @Test
    void closingEndsScriptsThatWait() {
        var upstream = ScriptedUpstream.start().always(Script.hang());
        try (var client = RawClient.connect(upstream.port()).get("/", Map.of())) {
            upstream.takeRequest(SOON);
            upstream.close();
            assertThat(client.awaitClose()).isTrue();
            upstream.awaitOpenConnections(0, SOON);
        }
    }

    @Test
    void waitingForAConnectionCountFailsWithBothNumbers() {
        try (var upstream = ScriptedUpstream.start()) {
            assertThatThrownBy(() -> upstream.awaitOpenConnections(3, Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("expected 3 open connections within PT0.001S but there are 0");
        }
    }

    @Test
    void aRefusingUrlRefuses() {
        int port = URI.create(ScriptedUpstream.refusingUrl()).getPort();
        assertThatThrownBy(() -> RawClient.connect(port)).hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void anUnansweredPortNeitherAcceptsNorRefuses() throws IOException {
        try (var port = UnansweredPort.start();
                var socket = new Socket()) {
            assertThat(port.url()).isEqualTo("http://127.0.0.1:" + port.port());
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress("127.0.0.1", port.port()), 150))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static String exchange(RawClient client) {
        client.post("/v1", Map.of(), "hello");
        return client.readHead().status() + " " + client.readBody().text();
    }
}
