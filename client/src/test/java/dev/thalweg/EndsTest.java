package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.ApiResponseValidationException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.ServiceUnavailableException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.FinishReason;
import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every way a stream ends once it has begun: one exception, the answer so far at hand, the connection closed. */
class EndsTest extends SdkTest {
    private static final Duration SHORTLY = Duration.ofMillis(50);

    private static ScriptBuilder tenChunks() {
        ScriptBuilder script = Script.sse().event(OpenAiScripts.roleChunk());
        for (int i = 0; i < 10; i++) {
            script.event(OpenAiScripts.contentChunk(i + " "));
        }
        return script;
    }

    /** Reads to the failure and checks that it is the only ending. */
    private <E extends ThalwegException> E endOf(Script script, Class<E> type) {
        upstream.enqueue(script);
        ChatStream stream = stream();
        Iterator<ChatChunk> chunks = stream.iterator();
        E failure = catchThrowableOfType(type, () -> {
            while (chunks.hasNext()) {
                chunks.next();
            }
        });
        assertThat(chunks.hasNext()).isFalse();
        assertThat(catchThrowableOfType(type, stream::response)).isSameAs(failure);
        assertThat(stream.snapshot())
                .usingRecursiveComparison()
                .isEqualTo(failure.partial().orElseThrow());
        stream.close();
        return failure;
    }

    @Test
    void anErrorAfterTenChunksKeepsThem() {
        ServiceUnavailableException e = endOf(
                tenChunks()
                        .event("{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"type\":\"overloaded\"}}")
                        .event("[DONE]")
                        .build(),
                ServiceUnavailableException.class);

        assertThat(e.partial().orElseThrow().content()).isEqualTo("0 1 2 3 4 5 6 7 8 9 ");
        assertThat(e.partial().orElseThrow().finishReasons()).isEmpty();
        assertThat(e.partial().orElseThrow().choices().getFirst().finishReason())
                .isEmpty();
        assertThat(e.type()).contains("overloaded");
        assertThat(e.body().orElseThrow()).contains("Overloaded");
    }

    @Test
    void anEventNamedErrorIsOneWhateverItsDataIs() {
        InternalServerException e =
                endOf(tenChunks().event("error", "it broke").build(), InternalServerException.class);

        assertThat(e.getMessage()).contains("it broke");
    }

    @Test
    void aCutIsACutInEveryFraming() {
        Script[] cuts = {
            tenChunks().fin().build(),
            tenChunks().missingLastChunk().build(),
            tenChunks().framing(Framing.LENGTH).fin().event("more").build(),
            tenChunks().framing(Framing.CLOSE).build(),
            tenChunks().build(),
            tenChunks().text("data: {\"choices\":[{\"ind").build(),
            // What comes in the same read as a broken frame is lost in the JDK's client.
            tenChunks().flush().sleep(SHORTLY).badChunkSize().build(),
        };
        for (Script cut : cuts) {
            ApiConnectionException e = endOf(cut, ApiConnectionException.class);
            assertThat(e.code()).as(cut.toString()).contains("upstream_cut");
            assertThat(e.partial().orElseThrow().content()).isEqualTo("0 1 2 3 4 5 6 7 8 9 ");
        }
    }

    @Test
    void aResetIsACut() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .flush()
                .sleep(SHORTLY)
                .rst()
                .build());

        ApiConnectionException e = catchThrowableOfType(ApiConnectionException.class, () -> read(stream()));

        assertThat(e.code()).contains("upstream_cut");
        assertThat(e.getCause()).isNotNull();
    }

    @Test
    void afterAFinishReasonACutConnectionIsStillACutButACleanEndIsNot() {
        UnaryOperator<ScriptBuilder> finished = script -> script.event(OpenAiScripts.finishChunk("stop"));
        endOf(finished.apply(tenChunks()).fin().build(), ApiConnectionException.class);

        upstream.enqueue(finished.apply(tenChunks()).build());
        assertThat(stream().response().finishReasons()).containsExactly(FinishReason.of("stop"));
        upstream.enqueue(finished.apply(tenChunks()).framing(Framing.CLOSE).build());
        assertThat(stream().response().finishReasons()).containsExactly(FinishReason.of("stop"));
    }

    @Test
    void theLastEventMayLackItsBlankLine() {
        upstream.enqueue(
                tenChunks().text("data: " + OpenAiScripts.finishChunk("length")).build());

        assertThat(stream().response().finishReasons()).containsExactly(FinishReason.of("length"));
    }

    @Test
    void aModelInALoopIsStoppedAtOnce() {
        upstream.enqueue(Script.sse()
                .repeat(500, script -> script.event(OpenAiScripts.contentChunk("again ")))
                .hang()
                .build());
        ChatStream stream = stream();

        InternalServerException e = catchThrowableOfType(InternalServerException.class, () -> read(stream));

        assertThat(e.code()).contains("repeated_chunks");
        assertThat(e.status()).isEqualTo(500);
        assertThat(e.retryable()).isTrue();
        assertThat(e.partial().orElseThrow().content()).isEqualTo("again ".repeat(99));
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
    }

    @Test
    void theLimitOfRepetitionsCanBeSetAndSwitchedOff() {
        Script script = Script.sse()
                .repeat(150, s -> s.event(OpenAiScripts.contentChunk("again ")))
                .event("[DONE]")
                .build();
        upstream.enqueue(script).enqueue(script);

        thalweg = client().repeatedChunkLimit(0).build();
        assertThat(read(stream())).isEqualTo("again ".repeat(150));
        thalweg = client().repeatedChunkLimit(3).build();
        assertThat(catchThrowableOfType(InternalServerException.class, () -> read(stream()))
                        .partial()
                        .orElseThrow()
                        .content())
                .isEqualTo("again ".repeat(2));
    }

    @Test
    void anEventThatIsTooLargeFailsTheStream() {
        thalweg = client().maxEventBytes(10_000).build();

        ApiResponseValidationException e = endOf(
                tenChunks()
                        .event(OpenAiScripts.contentChunk("x".repeat(20_000)))
                        .build(),
                ApiResponseValidationException.class);

        assertThat(e.code()).contains("upstream_too_large");
        assertThat(e.retryable()).isFalse();
    }

    @Test
    void aLargeEventWithinTheLimitIsRead() {
        String large = "x".repeat(3_000_000);
        upstream.enqueue(OpenAiScripts.stream(large));

        assertThat(read(stream())).isEqualTo(large);
    }

    @Test
    void whatIsNotAChunkFailsTheStream() {
        ApiResponseValidationException e =
                endOf(tenChunks().event("{broken").build(), ApiResponseValidationException.class);

        assertThat(e.code()).contains("upstream_protocol_error");
        assertThat(e.body()).contains("{broken");
    }

    @Test
    void aServerThatDoesNotEndTheBodyAfterDoneHoldsNobodyUp() {
        upstream.enqueue(OpenAiScripts.streaming().text("Hi").toBuilder().hang().build());

        assertThat(read(stream())).isEqualTo("Hi");
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
    }
}
