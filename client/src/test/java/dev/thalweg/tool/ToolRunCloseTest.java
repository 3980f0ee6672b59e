package dev.thalweg.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.CancelledException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One close stops a run wherever it is: in a stream, in a tool, between rounds. */
class ToolRunCloseTest extends ToolUpstream {
    private static final Script TALKS_AND_HANGS =
            Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build();

    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CompletableFuture<String> interrupted = new CompletableFuture<>();

    private final Tools sleeps = Tools.of(tool("sleeps", in -> {
        atWork.countDown();
        try {
            Thread.sleep(60_000);
            interrupted.complete("no");
        } catch (InterruptedException e) {
            interrupted.complete("yes");
            throw e;
        }
        return "slept";
    }));

    @Test
    void inTheMiddleOfTheFirstStream() throws Exception {
        upstream.enqueue(TALKS_AND_HANGS);
        ToolRun run = thalweg.run(QUESTION, sleeps, 8);
        RecordedRequest request = take();
        CompletableFuture<?> reader = background(run::response);
        awaitText(run);

        run.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        request.awaitDisconnect(SOON);
        assertThat(run.snapshot().content()).isEqualTo("Hi");
    }

    @Test
    void inTheMiddleOfALaterStream() throws Exception {
        upstream.enqueue(calls("c1", "quick", "{}"));
        upstream.enqueue(TALKS_AND_HANGS);
        ToolRun run = thalweg.run(QUESTION, Tools.of(tool("quick", in -> "ok")), 8);
        CompletableFuture<?> reader = background(run::response);
        take();
        RecordedRequest second = take();
        awaitText(run);

        long start = System.nanoTime();
        run.close();
        long closed = System.nanoTime() - start;

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        long seen = second.disconnected().get(5, TimeUnit.SECONDS) - start;
        System.out.printf("close() took %.2f ms, the upstream saw it after %.2f ms%n", closed / 1e6, seen / 1e6);
        assertThat(seen).isLessThan(1_000_000_000L);
        assertThat(run.rounds()).hasSize(1);
    }

    private static void awaitText(ToolRun run) {
        long end = System.nanoTime() + SOON.toNanos();
        while (run.snapshot().content().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void inTheMiddleOfATool() throws Exception {
        upstream.enqueue(calls("c1", "sleeps", "{}"));
        ToolRun run = thalweg.run(QUESTION, sleeps, 8);
        CompletableFuture<?> reader = background(run::response);
        assertThat(atWork.await(5, TimeUnit.SECONDS)).isTrue();

        run.close();
        run.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isEqualTo("yes");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aToolThatDoesNotHeedItsInterruptHoldsNobodyUp() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Tools stubborn = Tools.of(tool("stubborn", in -> {
            atWork.countDown();
            while (goOn.getCount() > 0) {
                Thread.onSpinWait();
            }
            done.set(true);
            return "at last";
        }));
        upstream.enqueue(calls("c1", "stubborn", "{}"));
        ToolRun run = thalweg.run(QUESTION, stubborn, 8);
        CompletableFuture<?> reader = background(run::response);
        assertThat(atWork.await(5, TimeUnit.SECONDS)).isTrue();

        run.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        assertThat(done).isFalse();
        goOn.countDown();
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void whileTheNextAnswerHasNotBegun() throws Exception {
        upstream.enqueue(calls("c1", "quick", "{}"));
        upstream.enqueue(Script.hang());
        ToolRun run = thalweg.run(QUESTION, Tools.of(tool("quick", in -> "ok")), 8);
        CompletableFuture<?> reader = background(run::response);
        take();
        RecordedRequest second = take();

        run.close();

        assertThat(failureOf(reader)).isInstanceOf(CancelledException.class);
        second.awaitDisconnect(SOON);
    }

    @Test
    void betweenTwoChunksOrRoundsNothingMoreIsAsked() {
        upstream.enqueue(calls("c1", "sleeps", "{}"));
        ToolRun run = thalweg.run(QUESTION, sleeps, 8);
        Iterator<ChatChunk> chunks = run.iterator();
        boolean finished = false;
        while (!finished) {
            finished = !chunks.next().finishReasons().isEmpty();
        }

        run.close();

        Throwable e = catchThrowable(chunks::hasNext);
        assertThat(e).isInstanceOf(CancelledException.class);
        assertThat(chunks.hasNext()).isFalse();
        assertThat(catchThrowable(run::response)).isSameAs(e);
        assertThat(atWork.getCount()).as("the tool was not called").isEqualTo(1);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void interruptingTheReaderDoesTheSameAndKeepsItsFlag() throws Exception {
        upstream.enqueue(calls("c1", "sleeps", "{}"));
        ToolRun run = thalweg.run(QUESTION, sleeps, 8);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            Throwable e = catchThrowable(run::response);
            flag.complete(
                    e instanceof CancelledException && Thread.currentThread().isInterrupted());
        });
        assertThat(atWork.await(5, TimeUnit.SECONDS)).isTrue();

        reader.interrupt();

        assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isEqualTo("yes");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anInterruptDuringTheExplicitLoopStopsTheTools() throws Exception {
        upstream.enqueue(
                OpenAiScripts.completing().toolCall("c1", "sleeps", "{}").build());
        var answer = thalweg.complete(QUESTION);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> failure.complete(catchThrowable(() -> sleeps.callAll(answer))));
        assertThat(atWork.await(5, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(failure.get(5, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isEqualTo("yes");
    }

    @Test
    void afterTheEndItDoesNothing() {
        upstream.enqueue(says("Cold."));
        ToolRun run = thalweg.run(QUESTION, sleeps, 8);
        run.response();

        run.close();

        assertThat(run.response().content()).isEqualTo("Cold.");
    }
}
