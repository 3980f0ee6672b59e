package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What scripts put on the wire, byte for byte. */
class ScriptWireTest {
    private static final String SSE_HEAD = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream; charset=utf-8\r
            Cache-Control: no-cache\r
            Transfer-Encoding: chunked\r
            \r
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    /** All bytes of the answer; the request asks the upstream to close after it. */
    private String wire(ScriptBuilder script) throws IOException {
        upstream.enqueue(script.build());
        try (var socket = new Socket("127.0.0.1", upstream.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void aFixedBodyCarriesItsLength() throws IOException {
        assertThat(wire(Script.status(429).header("Retry-After", "2").text("é").bytes(new byte[] {'x'})))
                .isEqualTo("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 3\r\n\r\néx");
    }

    @Test
    void noContentHasNoLength() throws IOException {
        assertThat(wire(Script.status(204))).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    void aStreamIsChunkedOneChunkAnEvent() throws IOException {
        assertThat(wire(Script.sse().event("a").event("ping", "b\nc").comment("hm")))
                .isEqualTo(SSE_HEAD
                        + "9\r\ndata: a\n\n\r\n"
                        + "1d\r\nevent: ping\ndata: b\ndata: c\n\n\r\n"
                        + "6\r\n: hm\n\n\r\n"
                        + "0\r\n\r\n");
    }

    @Test
    void linesEndAsAsked() throws IOException {
        assertThat(wire(Script.raw()
                        .lineEnd("\r\n")
                        .event("n", "a")
                        .lineEnd("\r")
                        .comment("b")
                        .fin()))
                .isEqualTo("event: n\r\ndata: a\r\n\r\n: b\r\r");
    }

    @Test
    void aBodyCanLastUntilTheClose() throws IOException {
        assertThat(wire(Script.status(200).framing(Framing.CLOSE).text("abc")))
                .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc");
    }

    @Test
    void rawScriptsWriteEveryByte() throws IOException {
        assertThat(wire(Script.raw()
                        .text("HTTP/1.1 2\n")
                        .bytes(new byte[] {'!'})
                        .fin()))
                .isEqualTo("HTTP/1.1 2\n!");
    }

    @Test
    void theLengthCanLie() throws IOException {
        assertThat(wire(Script.status(200)
                        .header("content-length", "99")
                        .text("abc")
                        .fin()))
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nabc");
        assertThat(wire(Script.status(200).headerLine("Content-Length:1").text("abc")))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length:1\r\n\r\nabc");
    }

    @Test
    void aScriptThatBreaksOffDeclaresItsFullLength() throws IOException {
        assertThat(wire(Script.status(200).text("abc").fin().repeat(2, s -> s.text("de"))))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabc");
    }

    @Test
    void chunksCanLieAndBeMalformed() throws IOException {
        assertThat(wire(Script.sse().badChunkSize().badChunkSize("100000004", "x")))
                .isEqualTo(SSE_HEAD + "zz\r\ndata\r\n100000004\r\nx\r\n0\r\n\r\n");
    }

    @Test
    void theLastChunkCanBeMissing() throws IOException {
        assertThat(wire(Script.sse().missingLastChunk().event("a"))).isEqualTo(SSE_HEAD + "9\r\ndata: a\n\n\r\n");
        assertThat(wire(Script.sse().event("a").fin().event("b"))).isEqualTo(SSE_HEAD + "9\r\ndata: a\n\n\r\n");
    }

    @Test
    void rawBytesGoAroundTheFraming() throws IOException {
        assertThat(wire(Script.sse()
                        .rawText("2;e=1\n")
                        .rawBytes(new byte[] {'h', 'i', '\n'})
                        .text("!")))
                .isEqualTo(SSE_HEAD + "2;e=1\nhi\n1\r\n!\r\n0\r\n\r\n");
    }

    @Test
    void stepsRepeat() throws IOException {
        assertThat(wire(Script.status(200).repeat(2, s -> s.text("a").repeat(3, t -> t.text("b")))))
                .endsWith("Content-Length: 8\r\n\r\nabbbabbb");
    }

    @Test
    void splitPiecesAreChunksOfTheirOwn() throws IOException {
        assertThat(wire(Script.sse().split(3).text("abcdefg").unsplit().text("hijkl")))
                .isEqualTo(SSE_HEAD + "3\r\nabc\r\n3\r\ndef\r\n1\r\ng\r\n5\r\nhijkl\r\n0\r\n\r\n");
    }

    @Test
    void offsetsCutAcrossSteps() throws IOException {
        assertThat(wire(Script.sse()
                        .text("before")
                        .splitAt(1, 4, 6)
                        .text("abcd")
                        .text("efghi")))
                .isEqualTo(SSE_HEAD + "6\r\nbefore\r\n1\r\na\r\n3\r\nbcd\r\n2\r\nef\r\n3\r\nghi\r\n0\r\n\r\n");
    }

    @Test
    void splittingTheWireKeepsEveryByte() throws IOException {
        assertThat(wire(Script.sse().splitWire(1).event("a"))).isEqualTo(SSE_HEAD + "9\r\ndata: a\n\n\r\n0\r\n\r\n");
    }

    @Test
    void piecesHaveAtLeastOneByte() {
        assertThatThrownBy(() -> Script.sse().split(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replaysARecordingByteForByte() throws IOException {
        upstream.enqueue(Script.replay("data: é\r\n\r\n".getBytes(UTF_8)));
        try (var client = RawClient.connect(upstream.port()).send("GET / HTTP/1.1\r\n\r\n")) {
            assertThat(client.readHead().header("content-type")).contains("text/event-stream; charset=utf-8");
            assertThat(client.readBody().text()).isEqualTo("data: é\r\n\r\n");
        }
    }

    @Test
    void nothingIsHeldBackWhileAScriptWaits() {
        var signal = new CompletableFuture<String>();
        var latch = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .awaitSignal(signal)
                .event("a")
                .awaitSignal(latch)
                .event("b")
                .sleep(Duration.ofMillis(1))
                .event("c")
                .build());
        try (var client = RawClient.connect(upstream.port()).send("GET / HTTP/1.1\r\n\r\n")) {
            assertThat(client.readHead().status()).isEqualTo(200);
            signal.completeExceptionally(new IOException("a failed signal is one too"));
            assertThat(client.readUntil("\n\n")).isEqualTo("data: a\n\n");
            latch.countDown();
            assertThat(client.readBody().text()).isEqualTo("data: b\n\ndata: c\n\n");
        }
    }

    @Test
    void theHeadCanWait() {
        var signal = new CompletableFuture<String>();
        upstream.enqueue(
                Script.status(200).awaitSignal(signal).head().text("late").build());
        try (var client = RawClient.connect(upstream.port()).timeout(Duration.ofMillis(30))) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThatThrownBy(client::readHead).isInstanceOf(AssertionError.class);
            signal.complete("now");
            client.timeout(Duration.ofSeconds(5)).readHead();
            assertThat(client.readBody().text()).isEqualTo("late");
        }
    }

    @Test
    void pausesBetweenPieces() {
        long pauseMillis = 5;
        upstream.enqueue(Script.status(200)
                .split(1, Duration.ofMillis(pauseMillis))
                .text("abcd")
                .build());
        long before = System.nanoTime();
        try (var client = RawClient.connect(upstream.port()).send("GET / HTTP/1.1\r\n\r\n")) {
            client.readHead();
            assertThat(client.readBody().text()).isEqualTo("abcd");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(3 * pauseMillis));
    }
}
