package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Chunks that somebody kept are a stream like any other: guarded, accounted for, ended once. */
class ReplayTest {
    private static final String HOW_ARE_YOU = """
            {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-3.5-turbo-0125",
             "system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"content":"How are you?"},"finish_reason":"stop"}]}""";

    private final List<CallRecord> ended = new ArrayList<>();
    private final List<ChatChunk> told = new ArrayList<>();
    private final CallListener listener = new CallListener() {
        @Override
        public void chunk(String callId, ChatChunk chunk) {
            told.add(chunk);
        }

        @Override
        public void ended(CallRecord call) {
            ended.add(call);
        }
    };

    @Test
    void aModelThatRepeatsItselfAHundredTimesIsInALoop() {
        List<ChatChunk> handedOut = new ArrayList<>();
        ChatStream stream = replay(times(101)).open();

        assertThatThrownBy(() -> stream.forEach(handedOut::add))
                .isInstanceOfSatisfying(InternalServerException.class, e -> {
                    assertThat(e.status()).isEqualTo(500);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e.code()).hasValue("repeated_chunks");
                    assertThat(e.getMessage()).contains("repeated the same text delta 100 times");
                    assertThat(e.partial().orElseThrow().content()).isEqualTo("How are you?".repeat(99));
                });
        assertThat(handedOut).hasSize(99).isEqualTo(told);
    }

    @Test
    void oneLessIsNone() {
        try (ChatStream stream = replay(times(99)).open()) {
            assertThat(stream).hasSize(99);
            assertThat(stream.response().content()).isEqualTo("How are you?".repeat(99));
        }
        assertThat(replay(times(500))
                        .loopLimits(LoopLimits.of(0))
                        .open()
                        .response()
                        .content())
                .hasSize(500 * 12);
        assertThatThrownBy(() -> replay(times(3)).repeatedChunkLimit(3).open().response())
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void theListenerIsToldTheEndOnceWithAllThatIsKnown() {
        ChatRequest request = ChatRequest.of("gpt-3.5-turbo", "Hey");
        try (ChatStream stream = replay(times(1))
                .request(request)
                .provider("cached_response")
                .callId("12345")
                .open()) {
            assertThat(stream.response().usage().orElseThrow().estimated()).isTrue();
        }
        CallRecord call = only(ended);
        assertThat(call.callId()).isEqualTo("12345");
        assertThat(call.provider()).isEqualTo("cached_response");
        assertThat(call.model()).isEqualTo("gpt-3.5-turbo");
        assertThat(call.request()).hasValue(request);
        assertThat(call.stream()).isTrue();
        assertThat(call.complete()).isTrue();
        assertThat(call.failure()).isEmpty();
        assertThat(call.timeToFirstToken().orElseThrow()).isLessThanOrEqualTo(call.duration());
        assertThat(call.response().content()).isEqualTo("How are you?");
        assertThat(call.response().usage().orElseThrow().outputTokens()).isBetween(3L, 6L);
        assertThat(call.toString()).contains("12345", "complete", "estimated").doesNotContain("How are");
    }

    @Test
    void withoutAFinishReasonItIsCut() {
        String unfinished = HOW_ARE_YOU.replace("\"stop\"", "null");
        assertThatThrownBy(
                        () -> replay(List.of(Chunks.parse(unfinished))).open().response())
                .isInstanceOfSatisfying(
                        ApiConnectionException.class,
                        e -> assertThat(e.partial().orElseThrow().content()).isEqualTo("How are you?"));
        assertThat(only(ended).failure()).isPresent();
        assertThat(only(ended).complete()).isFalse();
    }

    @Test
    void closedEarlyItEndsOnceWithoutAFailure() {
        try (ChatStream stream = replay(times(50)).open()) {
            assertThat(stream.iterator().next().content()).isEqualTo("How are you?");
        }
        assertThat(only(ended).complete()).isFalse();
        assertThat(only(ended).failure()).isEmpty();
        assertThat(only(ended).response().content()).isEqualTo("How are you?");
    }

    @Test
    void whatReadsOnAfterACloseIsCancelled() {
        ChatStream stream = replay(times(50)).open();
        var chunks = stream.iterator();
        chunks.next();
        stream.close();
        assertThatThrownBy(chunks::hasNext).isInstanceOf(CancelledException.class);
        assertThat(chunks.hasNext()).isFalse();
        assertThat(ended).hasSize(1);
    }

    @Test
    void aListenerThatThrowsDoesNoHarm() {
        CallListener broken = new CallListener() {
            @Override
            public void chunk(String callId, ChatChunk chunk) {
                throw new IllegalStateException("broken listener");
            }

            @Override
            public void ended(CallRecord call) {
                throw new IllegalStateException("broken listener");
            }
        };
        assertThat(ChatStream.replay(times(2).iterator()).listener(broken).open())
                .hasSize(2);
    }

    @Test
    void keptChunksAreAssembled() {
        ChatRequest request = ChatRequest.of("gpt-3.5-turbo", "Hey");
        assertThat(Chunks.assemble(times(2)).content()).isEqualTo("How are you?How are you?");
        assertThat(Chunks.assemble(times(2)).usage()).isEmpty();
        assertThat(Chunks.assemble(times(2), request).usage().orElseThrow().estimated())
                .isTrue();
        assertThat(Chunks.assemble(List.of(), request).choices()).isEmpty();
        assertThat(Chunks.assemble(times(1)).toJson()).contains("\"system_fingerprint\":\"fp_44709d6fcb\"");
        assertThat(times(1).get(0).toString())
                .isEqualTo("ChatChunk[id=chatcmpl-123, model=gpt-3.5-turbo-0125, 0: \"How are you?\" finish=stop]");
    }

    @Test
    void whatIsNoChunkIsRefused() {
        assertThatThrownBy(() -> Chunks.parse("{\"error\":{}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choices");
        assertThatThrownBy(() -> Chunks.parse("data: {}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void anIteratorThatFailsEndsTheStreamWithItsFailure() {
        Iterator<ChatChunk> failing = Stream.concat(times(1).stream(), Stream.<ChatChunk>generate(() -> {
                    throw new UncheckedIOException(new IOException("disk"));
                }))
                .iterator();
        ChatStream stream = ChatStream.replay(failing).listener(listener).open();
        assertThatThrownBy(stream::response).isInstanceOfSatisfying(ThalwegException.class, e -> {
            assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
            assertThat(e.partial().orElseThrow().content()).isEqualTo("How are you?");
        });
        assertThat(only(ended).failure()).isPresent();
    }

    @Test
    void itIsOpenedOnce() {
        Replay replay = replay(times(1));
        replay.open();
        assertThatThrownBy(replay::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRestartThatWasKeptBeginsAnewHereToo() {
        ChatChunk restarted = ChatChunk.builder(new RawJson("{}"))
                .events(List.of(new StreamEvent.Restarted(2, "repeated_chunks")))
                .build();
        List<ChatChunk> chunks = new ArrayList<>(times(60));
        chunks.add(restarted);
        chunks.addAll(times(60));
        assertThat(replay(chunks).open().response().content()).isEqualTo("How are you?".repeat(60));
    }

    @Test
    void fieldsThatCannotBePutTogetherFailNothing() {
        String digits = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\",\"odd\":[" + "9".repeat(5000)
                + "]},\"finish_reason\":\"stop\"}]}";
        ChatChunk chunk = Chunks.parse(digits);
        assertThat(replay(List.of(chunk, chunk)).open().response().toJson()).contains("9".repeat(5000));
    }

    @Test
    void noChunksAreNoAnswer() {
        ChatStream stream =
                ChatStream.replay(Collections.<ChatChunk>emptyIterator()).open();
        assertThatThrownBy(stream::response).isInstanceOf(ThalwegException.class);
        assertThat(stream.snapshot().choices()).isEmpty();
    }

    private Replay replay(List<ChatChunk> chunks) {
        return ChatStream.replay(chunks.iterator()).listener(listener);
    }

    private static List<ChatChunk> times(int count) {
        return Collections.nCopies(count, Chunks.parse(HOW_ARE_YOU));
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
