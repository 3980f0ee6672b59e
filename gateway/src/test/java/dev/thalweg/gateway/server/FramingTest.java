package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a request ends must be beyond doubt. Each request here has another one hidden behind what two servers could read in
 * two ways: it is refused, the connection is closed, and the hidden request is never served.
 */
class FramingTest {
    private static final String HIDDEN = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nx-request-id: hidden\r\n\r\n";

    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        gateway = TestGateway.before(upstream.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    /** Sends a POST with these header lines and this body, and the hidden request behind it. */
    private static Answer refusedAndClosed(String headerLines, String body) {
        return refusedAndClosed("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headerLines + "\r\n\r\n" + body + HIDDEN);
    }

    private static Answer refusedAndClosed(String request) {
        int before = upstream.requests().size();
        try (RawClient client = gateway.connect()) {
            Answer answer = Answers.read(client.send(request));
            answer.isError(400, "invalid_http");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.header("x-request-id")).isNotEqualTo("hidden");
            assertThat(client.awaitClose()).as("an orderly close").isTrue();
            assertThat(upstream.requests()).hasSize(before);
            return answer;
        }
    }

    @Test
    void contentLengthBesidesTransferEncodingIsRefused() {
        refusedAndClosed("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n");
        refusedAndClosed("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n");
        refusedAndClosed("Transfer-Encoding: chunked\r\nContent-Length: 0", "0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 5, 6",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding:",
            })
    void transferEncodingIsPlainlyChunkedOrRefused(String line) {
        refusedAndClosed(line, "0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5.0",
                "Content-Length: 5 5",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Content-Length : 5",
            })
    void contentLengthIsOneNumberOrRefused(String line) {
        refusedAndClosed(line, "hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "100000005\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff5\r\nhello\r\n0\r\n\r\n",
                "\r\n5\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5;a=\n\r\nhello\r\n0\r\n\r\n",
                "5;a=\"x\ny\"\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
            })
    void aChunkOfDoubtfulSizeIsRefused(String body) {
        refusedAndClosed("Transfer-Encoding: chunked", body);
    }

    @Test
    void aQuotedChunkExtensionHidesNoRequest() {
        // Whoever takes the CRLF inside the quotes for text of the extension would see another request behind it.
        String body = "1;ext=\"\r\nX\r\n0\r\n\r\n" + HIDDEN + "\"\r\n0\r\n\r\n";
        try (RawClient client = gateway.connect()) {
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + body);
            Answers.read(client).isError(400, "invalid_http");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models HTTP/1.1\nHost: localhost\n\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX\0: ab\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n: no name\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX Y: z\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nX: no host\r\n\r\n",
                "GET /v1/models\r\nHost: localhost\r\n\r\n",
                "GET\r\n\r\n",
                "/v1/models GET\r\nHost: localhost\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\r\n\r\n",
            })
    void aHeadThatIsNotStrictHttpIsRefused(String head) {
        refusedAndClosed(head + HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9"})
    void anotherProtocolVersionIsRefused(String version) {
        refusedAndClosed("GET /v1/models " + version + "\r\nHost: localhost\r\n\r\n" + HIDDEN);
    }

    @Test
    void aFoldedHeaderChangesNothingOrIsRefused() {
        Answer answer =
                Answers.ask(gateway, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n c\r\n\r\n" + HIDDEN);
        assertThat(answer.status()).isIn(200, 400);
    }

    @Test
    void chunkedBodiesAreReadWhateverTheirPieces() {
        for (int size : new int[] {1, 2, 7, 1000}) {
            try (RawClient client = gateway.connect()) {
                client.send(Answers.chunked(HELLO, size) + HIDDEN);
                assertThat(Answers.read(client).status()).isEqualTo(200);
                assertThat(Answers.read(client).header("x-request-id")).isEqualTo("hidden");
                assertThat(upstream.takeRequest(Duration.ofSeconds(5)).bodyText())
                        .contains("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");
            }
        }
    }

    @Test
    void extensionsAndTrailersOfChunksAreNoPartOfTheBody() {
        String chunks = Arrays.stream(HELLO.split("(?<=,)"))
                .map(piece -> Integer.toHexString(piece.length()) + ";name=\"value\"\r\n" + piece + "\r\n")
                .collect(Collectors.joining());
        String request = Answers.chunked("", 1).replace("0\r\n\r\n", chunks + "0;last\r\nx-request-id: no\r\n\r\n");
        try (RawClient client = gateway.connect()) {
            client.send(request + HIDDEN);
            assertThat(List.of(
                            Answers.read(client).status(), Answers.read(client).status()))
                    .containsExactly(200, 200);
        }
    }
}
