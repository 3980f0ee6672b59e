package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedUpstream upstream = ScriptedUpstream.start().always(Script.json(200, "{}"));
    private final RawClient client = RawClient.connect(upstream.port());

    @AfterEach
    void closeAll() {
        client.close();
        upstream.close();
    }

    @Test
    void keepsTheRequestAsItCame() {
        String head =
                "POST /v1/chat/completions?a=1 HTTP/1.1\r\nx-B:  two \r\nHost: h\r\nX-b: three\r\ncontent-length: 4\r\n\r\n";
        client.send(head + "é!!");

        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/chat/completions?a=1");
        assertThat(request.headers())
                .containsExactly(
                        new Header("x-B", "two"),
                        new Header("Host", "h"),
                        new Header("X-b", "three"),
                        new Header("content-length", "4"));
        assertThat(request.header("X-B")).contains("two");
        assertThat(request.header("absent")).isEmpty();
        assertThat(request.rawHead()).asString(UTF_8).isEqualTo(head);
        assertThat(request.body()).isEqualTo("é!!".getBytes(UTF_8));
        assertThat(request.bodyText()).isEqualTo("é!!");
        assertThat(request.arrivedAt()).isLessThanOrEqualTo(System.nanoTime());
        assertThat(upstream.requests()).containsExactly(request);
    }

    @Test
    void takesTheChunksOffARequestBody() {
        client.send(
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n");
        assertThat(upstream.takeRequest(SOON).bodyText()).isEqualTo("abc0123456789");
        assertThat(client.readHead().status()).isEqualTo(200);
    }

    @Test
    void asksForABodyThatIsOffered() {
        client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        assertThat(client.readHead().status()).isEqualTo(100);
        client.send("ok");
        assertThat(client.readHead().status()).isEqualTo(200);
        assertThat(upstream.takeRequest(SOON).bodyText()).isEqualTo("ok");
    }

    @Test
    void showsThatAConnectionIsUsedAgain() {
        for (int i = 1; i <= 3; i++) {
            client.post("/", Map.of(), "n" + i);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).isEqualTo("{}");
        }
        try (RawClient other = RawClient.connect(upstream.port()).get("/other", Map.of())) {
            other.readHead();
        }
        assertThat(upstream.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1, 1, 2);
        assertThat(upstream.requests())
                .extracting(RecordedRequest::indexOnConnection)
                .containsExactly(1, 2, 3, 1);
        assertThat(upstream.connections()).isEqualTo(2);
        upstream.awaitOpenConnections(1, SOON);
    }

    @Test
    void bytesThatComeEarlyBelongToTheNextRequest() {
        client.send("POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\naGET /2 HTTP/1.1\r\n\r\n\r\nGET /3 HTTP/1.1\r\n\r\n");
        for (int i = 1; i <= 3; i++) {
            assertThat(upstream.takeRequest(SOON).target()).isEqualTo("/" + i);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().clean()).isTrue();
        }
    }

    @Test
    void takesABodyLargerThanItsBuffers() {
        String large = "0123456789".repeat(50_000);
        client.post("/", Map.of(), large);
        assertThat(upstream.takeRequest(SOON).bodyText()).isEqualTo(large);
    }

    @Test
    void closesWhereTheRequestAsksForIt() {
        client.get("/", Map.of("Connection", "close"));
        client.readHead();
        client.readBody();
        assertThat(client.awaitClose()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithARequestItCannotRead() {
        client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        assertThat(client.readHead().status()).isEqualTo(400);
        assertThat(client.readBody().text()).contains("not a chunk size", "nonsense");
        assertThat(client.awaitClose()).isTrue();
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void saysWhatCameWhenNoFurtherRequestDoes() {
        client.get("/only?x", Map.of("Authorization", "Bearer secret"));
        upstream.takeRequest(SOON);
        assertThatThrownBy(() -> upstream.takeRequest(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("within PT0.001S")
                .hasMessageContaining("GET /only?x (connection 1, request 1)")
                .hasMessageNotContaining("secret");
    }
}
