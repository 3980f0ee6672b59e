package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerStream.State;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a relay ends: on errors, on what is no protocol, on too much, on a repetition. */
class RelayEndsTest {
    private static final String CHUNK =
            "data: {\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"error\":{\"message\":\"broke\",\"code\":\"c\"}}\n\n",
                "data: {\"message\":\"broke\",\"code\":\"c\"}\nevent: error\n\n",
                "data: {\"error\":{\"message\":\"broke\",\"code\":\"c\"}}\n\n",
                "data: {\"object\":\"error\",\"message\":\"broke\",\"code\":\"c\"}\n\n",
                "data: {\"id\":\"g\",\"error\":{\"code\":\"c\",\"message\":\"broke\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n",
                "{\"error\":{\"message\":\"broke\",\"code\":\"c\"}}",
                "{\n  \"error\": {\n    \"message\": \"broke\",\n    \"code\": \"c\"\n  }\n}\n"
            })
    void anErrorIsNotPassedOnButKept(String error) {
        for (String before : new String[] {"", CHUNK, ": ping\n\n" + CHUNK}) {
            byte[] stream = (before + error + (error.endsWith("\n\n") ? "data: [DONE]\n\n" : ""))
                    .getBytes(StandardCharsets.UTF_8);
            Cuts.everywhere(stream, pieces -> {
                Relayed relayed = Relayed.plain().all(pieces);
                assertThat(relayed.relay.state()).isEqualTo(State.ERROR);
                ErrorBody said = relayed.relay.error();
                assertThat(new ErrorBody(said.message(), said.type(), said.code(), said.param(), said.status()))
                        .isEqualTo(new ErrorBody("broke", null, "c", null, 0));
                assertThat(relayed.text()).isEqualTo(before);
                assertThat(relayed.relay.frames()).isEqualTo(before.isEmpty() ? 1 : 2);
            });
        }
    }

    @Test
    void anErrorMayBeABareString() {
        Relayed relayed = Relayed.plain().feed("data: {\"error\":\"broke\"}\n\n");
        assertThat(relayed.relay.state()).isEqualTo(State.ERROR);
        assertThat(relayed.relay.error()).isEqualTo(ErrorBody.ofText("broke"));
        Relayed text = Relayed.plain().feed("event: error\ndata: it broke\n\n");
        assertThat(text.relay.state()).isEqualTo(State.ERROR);
        assertThat(text.relay.error()).isEqualTo(ErrorBody.ofText("it broke"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[}\n\n",
                "data: oops\n\n",
                "data: {} {}\n\n",
                "data: 7\n\n",
                "data: null\n\n",
                "<html>\n<body>502</body>\n</html>\n",
                "\n<!DOCTYPE html>",
                "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"whole\"}}]}"
            })
    void whatIsNoChunkBreaksTheRelayAfterWhatWasWhole(String broken) {
        byte[] stream = (CHUNK + broken).getBytes(StandardCharsets.UTF_8);
        Cuts.everywhere(stream, pieces -> {
            Relayed relayed = Relayed.plain().all(pieces);
            assertThat(relayed.relay.state()).isEqualTo(State.BROKEN);
            assertThat(relayed.text().stripTrailing()).isEqualTo(CHUNK.stripTrailing());
        });
    }

    @Test
    void aMarkerWithoutAnyChoiceBeforeItEndsNoChat() {
        for (String stream :
                new String[] {"data: [DONE]\n\n", ": ping\n\ndata: {\"type\":\"response.created\"}\n\ndata: [DONE]\n\n"
                }) {
            Relayed relayed = Relayed.plain().feed(stream).end();
            assertThat(relayed.relay.state()).isEqualTo(State.BROKEN);
            assertThat(relayed.text()).doesNotContain("[DONE]");
        }
    }

    @Test
    void anEventAboveTheLimitEndsTheRelay() {
        byte[] stream = (CHUNK + CHUNK.replace("Hello", "Hello, you there")).getBytes(StandardCharsets.UTF_8);
        Cuts.everywhere(stream, pieces -> {
            Relayed relayed = new Relayed(new StreamObserver(0), null, true, CHUNK.length()).all(pieces);
            assertThat(relayed.relay.state()).isEqualTo(State.TOO_LARGE);
            assertThat(relayed.text()).isEqualTo(CHUNK);
        });
    }

    @Test
    void afterItsEndNothingMoreComesOut() {
        Relayed relayed = Relayed.plain()
                .feed("data: {\"error\":\"x\"}\n\n" + CHUNK)
                .feed(CHUNK)
                .end();
        assertThat(relayed.text()).isEmpty();
        assertThat(relayed.relay.state()).isEqualTo(State.ERROR);
    }

    @Test
    void aStreamCutInTheMiddleIsKnownFromTheObserver() {
        StreamObserver observer = new StreamObserver(0);
        Relayed relayed = new Relayed(observer, null, true, 1 << 20).feed(CHUNK).end();
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        assertThat(observer.end(true, false)).isEqualTo(StreamEnd.CUT);
    }

    @Test
    void theRepetitionThatIsOneTooManyIsNotPassedOn() {
        StreamObserver observer = new StreamObserver(5);
        Relayed relayed = new Relayed(observer, null, true, 1 << 20).feed(CHUNK.repeat(4));
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        relayed.feed(CHUNK.repeat(3));
        assertThat(relayed.relay.state()).isEqualTo(State.STOPPED);
        assertThat(relayed.text()).isEqualTo(CHUNK.repeat(4));
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.LOOP);
    }

    @Test
    void aDifferentDeltaBetweenStartsTheCountAgain() {
        String other = CHUNK.replace("Hello", "Other");
        Relayed relayed = new Relayed(new StreamObserver(5), null, true, 1 << 20)
                .feed(CHUNK.repeat(4) + other + CHUNK.repeat(4) + other);
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
    }

    @Test
    void choicesAreCountedApart() {
        String second = CHUNK.replace("\"index\":0", "\"index\":1");
        Relayed both = new Relayed(new StreamObserver(5), null, true, 1 << 20).feed((CHUNK + second).repeat(4));
        assertThat(both.relay.state()).isEqualTo(State.OPEN);
        both.feed(second);
        assertThat(both.relay.state()).isEqualTo(State.STOPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "--", "\\n\\n", "🦊"})
    void shortDeltasMayRepeatForEver(String delta) {
        Relayed relayed = new Relayed(new StreamObserver(3), null, true, 1 << 20)
                .feed(CHUNK.replace("Hello", delta).repeat(50));
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
    }

    @Test
    void noLimitMeansNoGuard() {
        Relayed relayed = new Relayed(new StreamObserver(0), null, true, 1 << 20).feed(CHUNK.repeat(500));
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {128, 1_000_000, Integer.MAX_VALUE})
    void anAbsurdIndexStopsTheRelayAndCostsNoMemory(long index) {
        StreamObserver observer = new StreamObserver(5);
        Relayed relayed =
                new Relayed(observer, null, true, 1 << 20).feed(CHUNK.replace("\"index\":0", "\"index\":" + index));
        assertThat(relayed.relay.state()).isEqualTo(State.STOPPED);
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.PROTOCOL_ERROR);
    }
}
