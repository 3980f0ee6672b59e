package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asking again after content, which happens only where it was asked for. */
class RestartTest extends SdkTest {
    private static final Script CUT =
            Script.sse().event(OpenAiScripts.contentChunk("Half an")).fin().build();

    private static Script loop() {
        var script = Script.sse();
        for (int i = 0; i < 10; i++) {
            script.event(OpenAiScripts.contentChunk("LOOPED"));
        }
        return script.hang().build();
    }

    @Test
    void nothingIsAskedAgainUnlessItIsWanted() {
        upstream.enqueue(CUT).always(OpenAiScripts.stream("Whole"));
        assertThatThrownBy(() -> read(stream())).isInstanceOf(ApiConnectionException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void theReaderIsToldAndTheAnswerBeginsAnew() {
        thalweg = client().restarts(1).build();
        upstream.enqueue(CUT).always(OpenAiScripts.stream("Whole"));
        List<StreamEvent> restarts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        ChatStream stream = stream();
        for (ChatChunk chunk : stream) {
            for (StreamEvent event : chunk.events()) {
                if (event instanceof StreamEvent.Restarted) {
                    restarts.add(event);
                    assertThat(text).hasToString("Half an");
                    assertThat(stream.snapshot().content()).doesNotContain("Half");
                    text.setLength(0);
                }
            }
            text.append(chunk.content());
        }
        assertThat(restarts).containsExactly(new StreamEvent.Restarted(2, "upstream_cut"));
        assertThat(text).hasToString("Whole");
        assertThat(stream.response().content()).isEqualTo("Whole");
    }

    @Test
    void aLoopIsNeverFedBack() {
        thalweg = client().restarts(2).repeatedChunkLimit(5).build();
        upstream.enqueue(loop()).enqueue(loop()).always(OpenAiScripts.stream("Out of it"));
        assertThat(stream().response().content()).isEqualTo("Out of it");
        List<String> asked =
                upstream.requests().stream().map(RecordedRequest::bodyText).toList();
        assertThat(asked).hasSize(3).containsOnly(asked.get(0)).noneMatch(body -> body.contains("LOOPED"));
    }

    @Test
    void afterTheLastOneTheStreamEndsWithItsFailure() {
        thalweg = client().restarts(2).repeatedChunkLimit(5).build();
        upstream.always(loop());
        assertThatThrownBy(() -> stream().response())
                .isInstanceOfSatisfying(
                        InternalServerException.class,
                        e -> assertThat(e.partial().orElseThrow().content()).isEqualTo("LOOPED".repeat(4)));
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void whatIsNotToBeTriedAgainIsNot() {
        thalweg = client().restarts(3).build();
        upstream.always(Script.sse()
                .event(OpenAiScripts.contentChunk("a"))
                .event(OpenAiScripts.errorBody("invalid_request_error", null, "no"))
                .fin()
                .build());
        assertThatThrownBy(() -> read(stream())).isInstanceOf(BadRequestException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aFailureToOpenAgainKeepsTheOneBefore() {
        thalweg = client().restarts(1).build();
        upstream.enqueue(CUT).always(OpenAiScripts.error(400, "invalid_request_error", "no", "No more"));
        ChatStream stream = stream();
        assertThatThrownBy(() -> read(stream)).isInstanceOfSatisfying(ApiConnectionException.class, e -> {
            assertThat(e.getSuppressed()[0]).isInstanceOf(BadRequestException.class);
            assertThat(e.partial().orElseThrow().content()).isEqualTo("Half an");
            assertThat(e.partial().orElseThrow().usage().orElseThrow().estimated())
                    .isTrue();
        });
        assertThat(stream.snapshot().content()).isEqualTo("Half an");
    }

    @Test
    void nothingIsAskedAgainWhenTheTimeIsOver() {
        thalweg = client().restarts(3)
                .timeouts(Timeouts.builder().streamTotal(Duration.ofMillis(300)).build())
                .build();
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("Half an")).hang().build());
        assertThatThrownBy(() -> read(stream()))
                .isInstanceOfSatisfying(
                        TimeoutException.class,
                        e -> assertThat(e.partial().orElseThrow().content()).isEqualTo("Half an"));
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void piecesOfTextAloneCannotTellOfARestartSoThereIsNone() {
        thalweg = client().restarts(1).build();
        upstream.enqueue(CUT).always(OpenAiScripts.stream("Whole"));
        List<String> pieces = new ArrayList<>();
        assertThatThrownBy(() -> stream().text().forEach(pieces::add)).isInstanceOf(ApiConnectionException.class);
        assertThat(pieces).containsExactly("Half an");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aNegativeNumberIsRefused() {
        assertThatThrownBy(() -> client().restarts(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCloseEndsAlsoAnAttemptThatIsBeingOpenedAgain() throws Exception {
        thalweg = client().restarts(1).build();
        upstream.enqueue(CUT).always(Script.hang());
        ChatStream stream = stream();
        Iterator<ChatChunk> chunks = stream.iterator();
        chunks.next();
        var reader = background(chunks::hasNext);
        upstream.takeRequest(SOON);
        upstream.takeRequest(SOON);
        stream.close();
        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
    }
}
