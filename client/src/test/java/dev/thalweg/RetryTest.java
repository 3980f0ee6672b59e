package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTest extends SdkTest {
    /** A failure that says to come back in a millisecond. */
    private static Script failure(int status) {
        return Script.status(status)
                .header("Content-Type", "application/json")
                .header("retry-after-ms", "1")
                .text(OpenAiScripts.errorBody("server_error", null, "Oops"))
                .build();
    }

    @BeforeEach
    void tryTwiceMore() {
        thalweg = client().retries(2).build();
    }

    @Test
    void twoFailuresAndThenAnAnswerAreAnAnswer() {
        upstream.enqueue(failure(500)).enqueue(failure(503)).enqueue(OpenAiScripts.stream("Hi"));
        assertThat(read(stream())).isEqualTo("Hi");

        upstream.enqueue(failure(500)).enqueue(failure(429)).enqueue(OpenAiScripts.completion("Hi"));
        assertThat(thalweg.complete(MODEL, "Hello").content()).isEqualTo("Hi");
        assertThat(upstream.requests()).hasSize(6);
    }

    @Test
    void afterTheLastTryTheFailureIsThrown() {
        upstream.always(failure(500));

        assertThat(catchThrowable(this::stream)).isInstanceOf(InternalServerException.class);
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void theCallersOwnFaultIsNotTriedAgain() {
        upstream.always(failure(400));

        assertThat(catchThrowable(this::stream)).isInstanceOf(BadRequestException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void theProvidersWordWhetherToTryAgainIsObeyed() {
        upstream.enqueue(Script.status(500).header("x-should-retry", "false").build());
        Throwable no = catchThrowable(this::stream);
        assertThat(no).isInstanceOf(InternalServerException.class);
        assertThat(((InternalServerException) no).retryable()).isFalse();
        assertThat(upstream.requests()).hasSize(1);

        upstream.enqueue(Script.status(400)
                .header("x-should-retry", "true")
                .header("retry-after-ms", "1")
                .build());
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        assertThat(read(stream())).isEqualTo("Hi");
    }

    @Test
    void anErrorAsFirstEventIsTriedAgain() {
        upstream.enqueue(Script.sse()
                .header("retry-after-ms", "1")
                .event("{\"error\":{\"code\":429,\"message\":\"Slow down\"}}")
                .build());
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        assertThat(read(stream())).isEqualTo("Hi");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void aStreamThatIsCutBeforeItsFirstChunkIsTriedAgain() {
        upstream.enqueue(Script.sse().comment("soon").fin().build());
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        assertThat(read(stream())).isEqualTo("Hi");
    }

    @Test
    void anErrorAfterAChunkIsNotTriedAgain() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .event("{\"error\":{\"code\":500,\"message\":\"Oops\"}}")
                .build());

        assertThat(catchThrowable(() -> read(stream()))).isInstanceOf(InternalServerException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aWaitOfMoreThanAMinuteIsLeftToTheCaller() {
        upstream.enqueue(Script.status(429).header("retry-after", "61").build());

        Throwable e = catchThrowable(this::stream);

        assertThat(e).isInstanceOf(RateLimitException.class);
        assertThat(((RateLimitException) e).retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aResetOfTheRateLimitIsNoReasonToWaitAfterAnotherFailure() {
        upstream.enqueue(
                Script.status(500).header("x-ratelimit-reset-requests", "6m0s").build());
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        assertThat(read(stream())).isEqualTo("Hi");
    }

    @Test
    void aWaitBeyondTheTimeOfTheCallIsNotBegun() {
        thalweg = client().retries(2)
                .timeouts(Timeouts.builder().total(Duration.ofSeconds(5)).build())
                .build();
        upstream.enqueue(Script.status(500).header("retry-after", "30").build());

        assertThat(catchThrowable(() -> thalweg.complete(MODEL, "Hello"))).isInstanceOf(InternalServerException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitBetweenTries() throws Exception {
        upstream.enqueue(Script.status(500).header("retry-after", "30").build());
        Thread reader = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            upstream.takeRequest(SOON);
            reader.interrupt();
        });

        assertThat(catchThrowable(this::stream)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
