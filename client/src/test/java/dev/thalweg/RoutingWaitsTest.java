package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ServiceUnavailableException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waits between attempts: how long they last, and what ends them. */
class RoutingWaitsTest extends GroupTest {
    private static final Script LATER = Script.status(503)
            .header("retry-after", "30")
            .header("Content-Type", "application/json")
            .text("{}")
            .build();

    private static Timeouts total(Duration time) {
        return Timeouts.builder().total(time).streamTotal(time).build();
    }

    /** The group {@code fast} of one deployment that serves one call at a time. */
    private Routing.Builder narrow() {
        return Routing.builder().group("fast", one().maxParallel(1).build());
    }

    @Test
    void oneDeadlineHoldsForAllAttemptsTogether() {
        thalweg = client().timeouts(total(Duration.ofMillis(400)))
                .routing(both().fallbacks("fast", MODEL).build())
                .retries(5)
                .build();
        Script slow =
                Script.status(500).sleep(Duration.ofMillis(150)).text("{}").build();
        upstream.always(slow);
        second.always(slow);
        long before = System.nanoTime();

        Throwable failure = catchThrowable(this::complete);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(attemptsOf(failure)).hasSizeBetween(2, 4);
    }

    @Test
    void theCallsOwnTimeSaysNothingAboutTheDeployment() {
        thalweg = client().timeouts(total(Duration.ofMillis(100)))
                .routing(both().allowedFails(0).cooldown(Duration.ofMinutes(1)).build())
                .retries(1)
                .build();
        upstream.enqueue(Script.hang()).enqueue(Script.hang()).always(OpenAiScripts.completion("One"));

        Throwable late = catchThrowable(this::complete);
        assertThat(late)
                .isInstanceOfSatisfying(
                        TimeoutException.class, e -> assertThat(e.code()).contains("total_timeout"));
        assertThat(attemptsOf(late)).containsExactly("one TimeoutException");
        assertThat(catchThrowable(this::complete)).isInstanceOf(TimeoutException.class);
        assertThat(second.requests()).isEmpty();
        assertThat(complete()).isEqualTo("One");
    }

    @Test
    void aFirstTokenThatIsLateDoes() {
        thalweg = client().timeouts(
                        Timeouts.builder().firstToken(Duration.ofMillis(100)).build())
                .routing(both().allowedFails(0).cooldown(Duration.ofMinutes(1)).build())
                .retries(1)
                .build();
        upstream.always(Script.hang());
        second.always(OpenAiScripts.stream("Two"));

        assertThat(read(thalweg.stream("fast", "Hello"))).isEqualTo("Two");
        assertThat(read(thalweg.stream("fast", "Hello"))).isEqualTo("Two");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWait() {
        routed(Routing.builder().group("fast", one().build()));
        upstream.always(LATER);
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            upstream.takeRequest(SOON);
            caller.interrupt();
        });

        Throwable failure = catchThrowable(this::complete);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(CancelledException.class);
    }

    @Test
    void cancellingTheFutureEndsTheWait() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CallListener listener = new CallListener() {
            @Override
            public void ended(CallRecord call) {
                ended.countDown();
            }
        };
        thalweg =
                client().routing(narrow().build()).retries(1).listener(listener).build();
        upstream.always(LATER);
        CompletableFuture<ChatResponse> answer = thalweg.completeAsync("fast", "Hello");
        upstream.takeRequest(SOON);

        assertThat(answer.cancel(true)).isTrue();

        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingTheClientEndsTheWait() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        thalweg = client().routing(narrow().build())
                .retries(1)
                .listener(failedAttempt(failed))
                .build();
        upstream.always(LATER);
        CompletableFuture<String> answer = background(this::complete);
        failed.orTimeout(5, TimeUnit.SECONDS).join();

        thalweg.close();

        Throwable failure = failureOf(answer);
        // The close may come before the wait has begun: then the failure that would be waited for is the last word.
        assertThat(failure).isInstanceOfAny(ApiConnectionException.class, ServiceUnavailableException.class);
        assertThat(attemptsOf(failure)).containsExactly("one ServiceUnavailableException");
    }

    private static CallListener failedAttempt(CompletableFuture<Void> failed) {
        return new CallListener() {
            @Override
            public void attemptFailed(String callId, dev.thalweg.model.Attempt attempt) {
                failed.complete(null);
            }
        };
    }

    @Test
    void closingTheStreamEndsTheWaitForItsNextAttempt() {
        thalweg = client().restarts(1).routing(narrow().build()).retries(1).build();
        upstream.enqueue(Script.sse()
                        .event(OpenAiScripts.contentChunk("Half an"))
                        .fin()
                        .build())
                .always(LATER);
        ChatStream stream = thalweg.stream("fast", "Hello");
        Iterator<ChatChunk> chunks = stream.iterator();
        ChatChunk unused = chunks.next();
        CompletableFuture<Boolean> reader = background(chunks::hasNext);
        upstream.takeRequest(SOON);
        upstream.takeRequest(SOON);

        stream.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aCallWaitsUntilADeploymentHasRoom() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        routed(narrow());
        upstream.enqueue(Script.sse()
                        .event(OpenAiScripts.contentChunk("One"))
                        .awaitSignal(go)
                        .event(OpenAiScripts.finishChunk("stop"))
                        .event("[DONE]")
                        .build())
                .always(OpenAiScripts.completion("Two"));
        ChatStream first = thalweg.stream("fast", "Hello");
        CompletableFuture<String> waiting = background(this::complete);
        assertThat(catchThrowable(() -> waiting.get(100, TimeUnit.MILLISECONDS)))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);

        go.countDown();

        assertThat(read(first)).isEqualTo("One");
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("Two");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void aCallWaitsNoLongerThanItMayInTheQueue() {
        routed(narrow().queue(1, Duration.ofMillis(50)));
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("One")).hang().build());
        try (ChatStream first = thalweg.stream("fast", "Hello")) {
            Throwable failure = catchThrowable(this::complete);
            assertThat(failure)
                    .isInstanceOf(RateLimitException.class)
                    .hasMessageContaining("no deployment had room within the time");
            assertThat(attemptsOf(failure)).isEmpty();
            assertThat(first.snapshot().content()).isEqualTo("One");
        }
    }

    @Test
    void aCallWaitsNoLongerThanItsDeadline() {
        thalweg = client().timeouts(
                        Timeouts.builder().total(Duration.ofMillis(100)).build())
                .routing(narrow().build())
                .build();
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("One")).hang().build());
        try (ChatStream first = thalweg.stream("fast", "Hello")) {
            assertThat(catchThrowable(this::complete))
                    .isInstanceOfSatisfying(
                            TimeoutException.class, e -> assertThat(e.code()).contains("total_timeout"));
            assertThat(first.snapshot().content()).isEqualTo("One");
        }
    }

    @Test
    void closingTheClientEndsTheQueue() {
        routed(narrow());
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("One")).hang().build());
        ChatStream first = thalweg.stream("fast", "Hello");
        CompletableFuture<String> waiting = background(this::complete);

        thalweg.close();

        assertThat(failureOf(waiting)).isInstanceOf(ApiConnectionException.class);
        first.close();
    }
}
