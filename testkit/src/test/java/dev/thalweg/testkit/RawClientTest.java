package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawClientTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final RawClient client = RawClient.connect(upstream.port());

    @AfterEach
    void closeAll() {
        client.closeNow();
        upstream.close();
    }

    private RawClient.Head ask(ScriptBuilder script) {
        upstream.enqueue(script.build());
        return client.get("/", Map.of()).readHead();
    }

    @Test
    void sendsAPostThatIsWhole() {
        upstream.always(Script.json(200, "{}"));
        client.post("/v1", Map.of("Authorization", "Bearer k", "content-type", "text/plain"), "é");
        RecordedRequest request = upstream.takeRequest(Duration.ofSeconds(5));
        assertThat(request.header("Authorization")).contains("Bearer k");
        assertThat(request.header("Host")).contains("127.0.0.1:" + upstream.port());
        assertThat(request.headers())
                .filteredOn(header -> header.name().equalsIgnoreCase("content-type"))
                .hasSize(1);
        assertThat(request.header("Content-Type")).contains("text/plain");
        assertThat(request.bodyText()).isEqualTo("é");
    }

    @Test
    void readsStatusAndHeaders() {
        RawClient.Head head = ask(Script.status(503).header("X-A", "1"));
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(head.headers()).containsExactly(new Header("X-A", "1"), new Header("Content-Length", "0"));
        assertThat(head.header("x-a")).contains("1");
        assertThat(client.readBody()).satisfies(body -> assertThat(body.clean()).isTrue());
    }

    @Test
    void tellsCleanEndsFromBrokenOnes() {
        expectEnd(Script.status(200).text("abc"), "abc", true, "Content-Length reached");
        expectEnd(Script.sse().text("abc"), "abc", true, "last chunk");
        expectEnd(Script.sse().badChunkSize("3", "toolong"), "too", false, "a chunk is longer than its declared size");
    }

    @Test
    void tellsThatALengthWasNotReached() {
        expectEnd(
                Script.status(200).text("abc").fin().text("def"),
                "abc",
                false,
                "closed with 3 bytes of Content-Length missing");
    }

    @Test
    void tellsThatTheLastChunkIsMissing() {
        expectEnd(Script.sse().text("abc").fin(), "abc", false, "the connection broke: closed before the last chunk");
    }

    @Test
    void tellsThatAChunkSizeIsNone() {
        expectEnd(Script.sse().text("abc").badChunkSize(), "abc", false, "not a chunk size: \"zz\"");
    }

    @Test
    void tellsThatAChunkIsCut() {
        expectEnd(Script.sse().rawText("a\r\nabc").fin(), "abc", false, "closed with 7 bytes of a chunk missing");
    }

    @Test
    void takesTheCloseAsTheEndWhereNothingElseIsSaid() {
        expectEnd(Script.status(200).framing(Framing.CLOSE).text("abc"), "abc", true, "the connection closed");
    }

    @Test
    void tellsAReset() {
        assertThat(ask(Script.sse().text("abc").waitForClientClose().rst()).status())
                .isEqualTo(200);
        assertThat(client.readUntil("c")).isEqualTo("abc");
        client.shutdownOutput();
        RawClient.Body body = client.readBody();
        assertThat(body.clean()).isFalse();
        assertThat(body.end()).startsWith("the connection broke: ").containsIgnoringCase("reset");
    }

    private void expectEnd(ScriptBuilder script, String text, boolean clean, String end) {
        ask(script);
        RawClient.Body body = client.readBody();
        assertThat(body.text()).isEqualTo(text);
        assertThat(body.clean()).isEqualTo(clean);
        assertThat(body.end()).isEqualTo(end);
    }

    @Test
    void readsABodyPieceByPiece() {
        ask(Script.sse().split(2).text("hello wonderful world"));
        assertThat(client.readUntil("lo")).isEqualTo("hello");
        assertThat(client.readUntil("ful")).isEqualTo(" wonderful");
        assertThat(client.readBody().text()).isEqualTo(" world");
    }

    @Test
    void saysWhatCameInsteadOfWhatWasWaitedFor() {
        ask(Script.status(200).text("something else"));
        assertThatThrownBy(() -> client.readUntil("[DONE]"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the body ended (Content-Length reached) before \"[DONE]\" came;"
                        + " it went on with \"something else\"");
    }

    @Test
    void readsEventsPastComments() {
        ask(Script.sse()
                .split(3)
                .comment("ping: data")
                .event("a")
                .text("\n\n")
                .lineEnd("\r\n")
                .event("named", "b\nc")
                .lineEnd("\r")
                .event("é"));
        assertThat(client.readEvent()).contains(new RawClient.Event("", "a", "data: a\n\n"));
        assertThat(client.readEvent())
                .hasValueSatisfying(
                        event -> assertThat(event.name() + "=" + event.data()).isEqualTo("named=b\nc"));
        assertThat(client.readEvent()).map(RawClient.Event::data).contains("é");
        assertThat(client.readEvent()).isEmpty();
        assertThat(client.readBody().clean()).isTrue();
    }

    @Test
    void readsCommentsAndUnfinishedBlocksAsBlocks() {
        ask(Script.sse().comment("ping").text("data: cut"));
        assertThat(client.readBlock()).contains(new RawClient.Event("", "", ": ping\n\n"));
        assertThat(client.readBlock()).contains(new RawClient.Event("", "cut", "data: cut"));
        assertThat(client.readBlock()).isEmpty();
    }

    @Test
    void failsAtItsDeadlineWithWhatCameLast() {
        ask(Script.sse().event("only this").hang());
        client.timeout(Duration.ofMillis(30));
        assertThatThrownBy(client::readBody)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did not come within PT0.03S")
                .hasMessageContaining("only this");
    }

    @Test
    void theDeadlineIsForTheWholeOperation() {
        ask(Script.sse().repeat(10_000, s -> s.comment("tick").sleep(Duration.ofMillis(5))));
        client.timeout(Duration.ofMillis(60));
        assertThatThrownBy(client::readEvent).isInstanceOf(AssertionError.class).hasMessageContaining("tick");
    }

    @Test
    void refusesAHeadThatIsNone() {
        upstream.enqueue(Script.raw().text("SSH-2.0-x\r\n\r\n").build());
        client.get("/", Map.of());
        assertThatThrownBy(client::readHead)
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a status line but got \"SSH-2.0-x\"");
    }

    @Test
    void tellsHowTheServerClosed() {
        upstream.enqueue(Script.refuse()).enqueue(Script.refuseQuietly());
        client.get("/", Map.of());
        assertThat(client.awaitClose()).isFalse();
        try (var second = RawClient.connect(upstream.port()).get("/", Map.of())) {
            assertThat(second.awaitClose()).isTrue();
        }
    }

    @Test
    void waitingForACloseFailsWhenBytesCome() {
        upstream.enqueue(Script.json(200, "{}"));
        client.get("/", Map.of());
        assertThatThrownBy(client::awaitClose)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sent byte 72");
    }

    @Test
    void manyEventsDoNotSlowItDown() {
        ask(Script.sse().repeat(200_000, s -> s.event("0123456789")));
        assertThat(client.readBody().bytes()).hasSize(200_000 * 18);
    }
}
