package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CancellationTest extends SdkTest {
    private static final Script TALKS_AND_HANGS =
            Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build();

    /** Returns as soon as a thread that runs the task waits inside the SDK. */
    private static void awaitBlocked(Thread thread) {
        long end = System.nanoTime() + SOON.toNanos();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("still running: " + thread).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void closeFromAnotherThreadWakesTheReaderAndStopsTheUpstreamInMilliseconds() throws Exception {
        upstream.always(TALKS_AND_HANGS);
        int rounds = 21;
        long[] wake = new long[rounds];
        long[] seen = new long[rounds];
        long[] close = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            ChatStream stream = stream();
            RecordedRequest request = upstream.takeRequest(SOON);
            CompletableFuture<Long> woken = new CompletableFuture<>();
            Thread reader = Thread.ofPlatform().start(() -> {
                Throwable e = catchThrowable(() -> read(stream));
                long now = System.nanoTime();
                if (e instanceof CancelledException) {
                    woken.complete(now);
                } else {
                    woken.completeExceptionally(e == null ? new AssertionError("no exception") : e);
                }
            });
            awaitBlocked(reader);
            long start = System.nanoTime();
            stream.close();
            close[i] = System.nanoTime() - start;
            wake[i] = woken.get(5, TimeUnit.SECONDS) - start;
            seen[i] = request.disconnected().get(5, TimeUnit.SECONDS) - start;
        }
        print("close() returned after", close);
        print("the reader woke after", wake);
        print("the upstream saw it after", seen);
        assertThat(median(wake)).isLessThan(Duration.ofMillis(50));
        assertThat(median(seen)).isLessThan(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(seen[rounds - 1])).isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(wake[rounds - 1])).isLessThan(Duration.ofSeconds(1));
        upstream.awaitOpenConnections(0, SOON);
    }

    private static Duration median(long[] nanos) {
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[nanos.length / 2]);
    }

    private static void print(String what, long[] nanos) {
        Duration median = median(nanos);
        System.out.printf(
                "%s %.2f ms (median), %.2f ms (worst of %d)%n",
                what, median.toNanos() / 1e6, nanos[nanos.length - 1] / 1e6, nanos.length);
    }

    @Test
    void aReaderOnAVirtualThreadIsWokenToo() throws Exception {
        upstream.enqueue(TALKS_AND_HANGS);
        ChatStream stream = stream();
        CompletableFuture<String> reader = background(() -> read(stream));
        while (stream.snapshot().content().isEmpty()) {
            Thread.onSpinWait();
        }

        stream.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        assertThat(stream.snapshot().content()).isEqualTo("Hi");
    }

    @Test
    void theReaderOfAClosedStreamIsToldOnceAndHasTheAnswerSoFar() {
        upstream.enqueue(TALKS_AND_HANGS);
        ChatStream stream = stream();
        Iterator<ChatChunk> chunks = stream.iterator();
        chunks.next();

        stream.close();
        stream.close();

        Throwable e = catchThrowable(chunks::hasNext);
        assertThat(e).isInstanceOf(CancelledException.class);
        assertThat(((CancelledException) e).partial().orElseThrow().content()).isEqualTo("Hi");
        assertThat(((CancelledException) e).retryable()).isFalse();
        assertThat(chunks.hasNext()).isFalse();
        assertThat(catchThrowable(stream::response)).isSameAs(e);
    }

    @Test
    void leavingTheLoopEarlyStopsTheUpstream() throws Exception {
        upstream.enqueue(Script.sse()
                .repeat(
                        100_000,
                        script -> script.event(OpenAiScripts.contentChunk("Hi "))
                                .event(OpenAiScripts.contentChunk("you "))
                                .flush())
                .build());
        RecordedRequest request;
        long left;
        try (ChatStream stream = stream()) {
            request = upstream.takeRequest(SOON);
            for (ChatChunk chunk : stream) {
                break;
            }
            left = System.nanoTime();
        }

        long seen = request.disconnected().get(5, TimeUnit.SECONDS) - left;
        System.out.printf("after a break the upstream saw it after %.2f ms%n", seen / 1e6);
        assertThat(Duration.ofNanos(seen)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anInterruptOfTheReaderClosesTheUpstreamAndKeepsTheFlag() throws Exception {
        upstream.enqueue(TALKS_AND_HANGS);
        ChatStream stream = stream();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            thrown.complete(catchThrowable(() -> read(stream)));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        awaitBlocked(reader);

        reader.interrupt();

        Throwable e = thrown.get(5, TimeUnit.SECONDS);
        assertThat(e).isInstanceOf(CancelledException.class).hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
    }

    @Test
    void anInterruptBeforeTheAnswerBeginsEndsTheCall() throws Exception {
        upstream.always(Script.hang());
        for (boolean whole : new boolean[] {false, true}) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual()
                    .start(() -> thrown.complete(catchThrowable(() -> {
                        if (whole) {
                            thalweg.complete(MODEL, "Hello");
                        } else {
                            stream();
                        }
                    })));
            RecordedRequest request = upstream.takeRequest(SOON);

            caller.interrupt();

            assertThat(thrown.get(5, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
            request.awaitDisconnect(SOON);
        }
    }

    @Test
    void anInterruptedThreadReadsNothingMoreEvenIfMoreHasCome() {
        upstream.enqueue(OpenAiScripts.stream("a", "b"));
        Iterator<ChatChunk> chunks = stream().iterator();
        chunks.next();

        Thread.currentThread().interrupt();

        assertThat(catchThrowable(chunks::hasNext)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingAfterTheEndDoesNotCloseTheConnection() {
        upstream.always(OpenAiScripts.stream("Hi"));
        for (int i = 0; i < 3; i++) {
            try (ChatStream stream = stream()) {
                read(stream);
            }
        }

        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void onlyOneThreadReadsAtATime() throws Exception {
        upstream.enqueue(TALKS_AND_HANGS);
        try (ChatStream stream = stream()) {
            Iterator<ChatChunk> chunks = stream.iterator();
            chunks.next();
            Thread reader = Thread.ofVirtual().start(() -> {
                Throwable cancelled = catchThrowable(chunks::hasNext);
            });
            awaitBlocked(reader);

            assertThatIllegalStateException().isThrownBy(chunks::hasNext).withMessageContaining("Another thread");
            assertThatIllegalStateException().isThrownBy(stream::response);
            assertThat(stream.snapshot().content()).isEqualTo("Hi");
        }
    }

    @Test
    void closingTheClientEndsItsStreams() throws Exception {
        upstream.enqueue(TALKS_AND_HANGS);
        ChatStream stream = stream();
        CompletableFuture<String> reader = background(() -> read(stream));

        thalweg.close();

        assertThat(failureOf(reader)).isInstanceOf(ApiConnectionException.class);
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
        assertThat(catchThrowable(this::stream)).isInstanceOf(ApiConnectionException.class);
    }

    /** The loop's next step comes at every moment of a close() that has begun in its body: a sweep over microseconds. */
    @Test
    void closingBetweenTwoStepsOfALoopNeverLooksLikeAnotherReader() throws Exception {
        upstream.always(OpenAiScripts.stream("a", "b", "c", "d"));
        for (int i = 0; i < 600; i++) {
            ChatStream stream = stream();
            long pause = (i % 200) * 500L;
            AtomicBoolean inBody = new AtomicBoolean();
            AtomicBoolean closing = new AtomicBoolean();
            CompletableFuture<Void> closer = background(() -> {
                spinUntil(inBody::get);
                closing.set(true);
                stream.close();
                return null;
            });
            Throwable end = catchThrowable(() -> {
                for (ChatChunk chunk : stream) {
                    inBody.set(true);
                    spinUntil(closing::get);
                    long resume = System.nanoTime() + pause;
                    spinUntil(() -> System.nanoTime() - resume >= 0);
                }
            });
            closer.get(5, TimeUnit.SECONDS);
            if (end != null) {
                assertThat(end).isInstanceOf(CancelledException.class);
            }
        }
    }

    private static void spinUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyStreamsClosedAtRandomLeaveNothingBehind() throws Exception {
        upstream.always(OpenAiScripts.streaming()
                .text("a", "b", "c", "d", "e", "f")
                .delay(Duration.ofMillis(1))
                .build());
        for (int i = 0; i < 300; i++) {
            ChatStream stream = stream();
            int spins = i * 50;
            CompletableFuture<Void> closer = background(() -> {
                for (int k = 0; k < spins; k++) {
                    Thread.onSpinWait();
                }
                stream.close();
                return null;
            });
            Throwable end = catchThrowable(() -> read(stream));
            closer.join();
            assertThat(end == null || end instanceof CancelledException)
                    .as(String.valueOf(end))
                    .isTrue();
            assertThat(stream.snapshot().content()).isSubstringOf("abcdef");
        }
    }
}
