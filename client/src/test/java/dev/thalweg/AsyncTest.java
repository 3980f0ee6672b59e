package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsyncTest extends SdkTest {
    private CompletableFuture<ChatResponse> call() {
        return thalweg.completeAsync(MODEL, "Hello");
    }

    @Test
    void aFutureGivesTheWholeAnswer() throws Exception {
        upstream.enqueue(OpenAiScripts.completion("Hi")).enqueue(OpenAiScripts.completion("Hi again"));

        assertThat(call().get(5, TimeUnit.SECONDS).content()).isEqualTo("Hi");
        assertThat(thalweg.completeAsync(ChatRequest.of(MODEL, "Hello")).join().content())
                .isEqualTo("Hi again");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void aFailureIsTheExceptionItself() {
        upstream.always(OpenAiScripts.error(429, "rate_limit_error", null, "Slow down"));

        assertThatThrownBy(() -> call().get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> call().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RateLimitException.class);
        assertThat(call().handle((answer, failure) -> failure).join()).isInstanceOf(RateLimitException.class);
    }

    @Test
    void alsoWhatFailsBeforeAnythingIsSentFailsTheFutureAndNotTheCall() {
        thalweg = Thalweg.builder().environment(Map.of()).build();

        assertThat(failureOf(call())).isInstanceOf(AuthenticationException.class);
        assertThat(failureOf(thalweg.completeAsync("my-model", "Hello"))).isInstanceOf(BadRequestException.class);
    }

    @Test
    void stagesRunOnVirtualThreadsAndMayAskAgain() {
        CountDownLatch attached = new CountDownLatch(1);
        upstream.answer(request -> {
            awaitLatch(attached);
            return OpenAiScripts.completion("Hi");
        });

        CompletableFuture<String> said = call().thenApply(answer -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            return answer.content() + thalweg.complete(MODEL, "And?").content();
        });
        CompletableFuture<Boolean> async =
                said.thenApplyAsync(text -> Thread.currentThread().isVirtual());
        attached.countDown();

        assertThat(said.join()).isEqualTo("HiHi");
        assertThat(async.join()).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFutureNobodyHoldsGoesOnToItsEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> heard = new CompletableFuture<>();
        upstream.answer(request -> {
            awaitLatch(go);
            return OpenAiScripts.completion("Hi");
        });
        thalweg.completeAsync(MODEL, "Hello").thenAccept(answer -> heard.complete(answer.content()));
        upstream.takeRequest(SOON);
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        go.countDown();

        assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo("Hi");
    }

    @Test
    void cancellingEndsEveryStageAndNothingIsTriedAgain() {
        thalweg = client().retries(2).build();
        upstream.always(Script.hang());
        CompletableFuture<ChatResponse> call = call();
        CompletableFuture<String> left = call.thenApply(ChatResponse::content);
        CompletableFuture<String> right = call.thenApply(ChatResponse::content);
        RecordedRequest request = upstream.takeRequest(SOON);

        assertThat(left.cancel(true)).isTrue();

        request.awaitDisconnect(SOON);
        assertThat(left).isCancelled();
        assertThat(call).isCancelled();
        assertThat(catchThrowable(right::join)).hasCauseInstanceOf(CancellationException.class);
        upstream.awaitOpenConnections(0, SOON);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void whoeverCompletesTheFutureDecidesWhatItHolds() {
        upstream.always(Script.hang());
        ChatResponse other = ChatResponse.builder().build();
        CompletableFuture<ChatResponse> completed = call();
        RecordedRequest first = upstream.takeRequest(SOON);
        assertThat(completed.complete(other)).isTrue();
        first.awaitDisconnect(SOON);
        assertThat(completed.join()).isSameAs(other);

        CompletableFuture<ChatResponse> late = call().completeOnTimeout(other, 1, TimeUnit.MILLISECONDS);
        assertThat(late.join()).isSameAs(other);

        CompletableFuture<ChatResponse> async = call();
        RecordedRequest third = upstream.takeRequest(SOON);
        async.completeAsync(() -> other);
        assertThat(async.join()).isSameAs(other);
        third.awaitDisconnect(SOON);
        upstream.awaitOpenConnections(0, SOON);
    }

    @Test
    void aStageThatBlocksDoesNotHoldTheAbortUp() {
        upstream.always(Script.hang());
        CompletableFuture<ChatResponse> call = call();
        RecordedRequest request = upstream.takeRequest(SOON);
        CompletableFuture<Void> blocked =
                call.handle((answer, failure) -> request).thenAccept(seen -> seen.awaitDisconnect(SOON));

        call.cancel(true);

        assertThat(blocked).isCompleted();
    }

    @Test
    void afterTheAnswerNothingIsInterruptedAndNothingClosed() throws Exception {
        upstream.always(OpenAiScripts.completion("Hi"));
        CountDownLatch inStage = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<ChatResponse> call = call();
        CompletableFuture<Boolean> interrupted = call.handleAsync((answer, failure) -> {
            inStage.countDown();
            awaitLatch(go);
            return Thread.currentThread().isInterrupted();
        });
        inStage.await();

        assertThat(call.cancel(true)).isFalse();
        CompletableFuture<Boolean> copy = interrupted.copy();
        assertThat(copy.cancel(true)).isTrue();
        go.countDown();

        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(call.join().content()).isEqualTo("Hi");
        thalweg.complete(MODEL, "Hello");
        assertThat(upstream.connections()).isEqualTo(1);
    }

    /**
     * The cancel comes at every moment of the call, before its thread has begun to after its end. The JDK's client has a
     * gap of microseconds in which a cancel hits the next call on the same connection: that one is tried again.
     */
    @Test
    void aCancelAtAnyMomentEndsTheCallOnceAndLeavesNothingOpen() {
        thalweg = client().retries(2).build();
        upstream.always(OpenAiScripts.completion("Hi"));
        int rounds = 1000;
        int cancelled = 0;
        for (int i = 0; i < rounds; i++) {
            CompletableFuture<ChatResponse> call = call();
            CompletableFuture<String> stage = call.thenApply(ChatResponse::content);
            CompletableFuture<?> victim = i % 2 == 0 ? call : stage;
            spin(i % 400 * 5_000L);
            if (victim.cancel(true)) {
                assertThat(victim).isCancelled();
                cancelled++;
            } else {
                assertThat(stage.join()).isEqualTo("Hi");
            }
            assertThat(call.handle((answer, failure) -> failure)
                            .orTimeout(5, TimeUnit.SECONDS)
                            .join())
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isNull(),
                            failure -> assertThat(failure).isInstanceOf(CancellationException.class));
        }
        System.out.println("cancelled in time: " + cancelled + " of " + rounds);
        assertThat(cancelled).isBetween(1, rounds - 1);
        assertThat(call().join().content()).isEqualTo("Hi");
        thalweg.close();
        upstream.awaitOpenConnections(0, SOON);
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void cancellingEndsTheWaitBetweenTries() {
        thalweg = client().retries(2).build();
        upstream.always(Script.status(500).header("retry-after-ms", "300").build());
        CompletableFuture<ChatResponse> call = call();
        upstream.takeRequest(SOON);

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(catchThrowable(() -> upstream.takeRequest(Duration.ofMillis(500))))
                .hasMessageContaining("no request came");
    }
}
