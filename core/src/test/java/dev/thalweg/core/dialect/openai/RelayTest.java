package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerStream.State;
import dev.thalweg.core.stream.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay passes on untouched, and when. */
class RelayTest {
    private static final String STREAM = """
            : ping

            data: {"id":"c","model":"up","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            event: message
            id: 7
            data: {"id":"c","model":"up","choices":[{"index":0,"delta":{"content":"Hé 🦊"}}]}

            data:{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"unknown":{"usage":1}}

            data:

            data: {"choices":[],
            data: "usage":{"prompt_tokens":1,"completion_tokens":2}}

            : bye

            data: [DONE]

            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void bytesOutAreBytesInWhenNothingChanges(String lineEnd) {
        String stream = STREAM.replace("\n", lineEnd);
        // Of the last line end's two bytes the second may come after the end that matters.
        assertThat(Relayed.uncut(stream.stripTrailing(), null, true)).isEqualTo(stream.stripTrailing() + "\n\n");
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        assertThat(Relayed.plain().all(List.of(bytes)).text()).isEqualTo(stream);
    }

    @Test
    void everyWholeEventGoesOutWithTheReadThatCompletesIt() {
        Relayed relayed = Relayed.plain();
        relayed.feed("data: {\"choices\":[]}\n\ndata: {\"choi");
        assertThat(relayed.text()).isEqualTo("data: {\"choices\":[]}\n\n");
        relayed.feed("ces\":[]}\n");
        assertThat(relayed.text()).isEqualTo("data: {\"choices\":[]}\n\n");
        relayed.feed("\n");
        assertThat(relayed.text()).isEqualTo("data: {\"choices\":[]}\n\ndata: {\"choices\":[]}\n\n");
    }

    @Test
    void aReadOfWholeEventsIsPassedOnAsOnePiece() {
        List<Integer> passed = new ArrayList<>();
        Relay relay = Relayed.plain().relay;
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        relay.feed(bytes, 0, bytes.length, new dev.thalweg.core.dialect.RelayOutput() {
            @Override
            public void pass(int offset, int length) {
                passed.add(length);
            }

            @Override
            public void put(byte[] array, int offset, int length) {
                throw new AssertionError("copied " + length);
            }
        });
        assertThat(passed).containsExactly(bytes.length);
    }

    @Test
    void theObserverReadsAlong() {
        StreamObserver observer = new StreamObserver(0);
        Relayed relayed = new Relayed(observer, "alias", false, 1 << 20);
        relayed.feed(STREAM);
        assertThat(relayed.relay.state()).isEqualTo(State.DONE);
        assertThat(relayed.relay.frames()).isEqualTo(4);
        assertThat(observer.hasContent()).isTrue();
        assertThat(observer.finishReason()).contains("stop");
        assertThat(observer.usage().orElseThrow().outputTokens()).isEqualTo(2);
    }

    @Test
    void whatFollowsTheMarkerIsIgnored() {
        String done = "data: {\"choices\":[{}]}\n\ndata: [DONE] \n\n";
        assertThat(Relayed.uncut(done + "data: {\"choices\":[]}\n\ngarbage", null, true))
                .isEqualTo(done);
        Relayed relayed = Relayed.plain()
                .feed(done)
                .feed("data: {\"error\":\"late\"}\n\n")
                .end();
        assertThat(relayed.relay.state()).isEqualTo(State.DONE);
        assertThat(relayed.text()).isEqualTo(done);
    }

    @Test
    void aLastEventWithoutItsBlankLineCountsAndGetsOne() {
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        assertThat(Relayed.uncut(event, null, true)).isEqualTo(event + "\n\n");
        StreamObserver observer = new StreamObserver(0);
        Relayed relayed = new Relayed(observer, null, true, 1 << 20).feed(event).end();
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        assertThat(observer.finishReason()).contains("stop");
        relayed =
                Relayed.plain().feed("data: {\"choices\":[{}]}\n\ndata: [DONE]").end();
        assertThat(relayed.relay.state()).isEqualTo(State.DONE);
        assertThat(relayed.text()).isEqualTo("data: {\"choices\":[{}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void halfAnEventAtTheEndIsNotPassedOnAndIsNoFrame() {
        String whole = "data: {\"choices\":[]}\n\n";
        assertThat(Relayed.uncut(whole + "data: {\"choices\":[{\"index\":0,\"del", null, true))
                .isEqualTo(whole);
        Relayed relayed =
                Relayed.plain().feed("data: {\"choices\":[{\"index\":0,\"del").end();
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        assertThat(relayed.relay.frames()).isZero();
    }

    @Test
    void aCommentWithoutItsBlankLineGoesOutAsItCame() {
        assertThat(Relayed.uncut(": ping", null, true)).isEqualTo(": ping");
        assertThat(Relayed.uncut("", null, true)).isEmpty();
        assertThat(Relayed.uncut("\n\n", null, true)).isEqualTo("\n\n");
    }

    @Test
    void commentsAndBlankDataAreNoFrames() {
        Relayed relayed = Relayed.plain().feed(": ping\n\ndata:\n\ndata:  \n\nevent: ping\n\n");
        assertThat(relayed.relay.frames()).isZero();
        assertThat(relayed.relay.blocks()).isEqualTo(4);
        assertThat(relayed.text()).isEqualTo(": ping\n\ndata:\n\ndata:  \n\nevent: ping\n\n");
    }
}
