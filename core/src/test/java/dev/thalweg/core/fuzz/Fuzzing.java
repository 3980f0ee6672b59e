package dev.thalweg.core.fuzz;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;

/** Runs a subject on mutations of its seeds, one after the other, and names the one that fails or takes for ever. */
final class Fuzzing {
    private static final int PATIENCE_SECONDS = 20;

    private final Subject subject;
    private volatile long current;
    private volatile long runs;
    private int taken;

    Fuzzing(Subject subject) {
        this.subject = subject;
    }

    /** Goes on from this seed as long as it is wanted; says how large a part of the inputs was taken. */
    double run(long firstSeed, LongPredicate wanted) throws InterruptedException {
        List<byte[]> seeds = subject.seeds();
        Thread[] worker = new Thread[1];
        try (ExecutorService thread = Executors.newSingleThreadExecutor(task -> worker[0] = daemon(task))) {
            Future<?> all = thread.submit(() -> {
                for (long i = 0; wanted.test(i); i++) {
                    current = firstSeed + i;
                    taken += one(seeds, current) ? 1 : 0;
                    runs = i + 1;
                }
            });
            watch(all, worker[0]);
            thread.shutdownNow();
        }
        return (double) taken / runs;
    }

    private boolean one(List<byte[]> seeds, long seed) {
        Random random = new Random(seed);
        return subject.check().takes(new Mutator(random).mutated(seeds), Draws.some(random));
    }

    private void watch(Future<?> all, Thread worker) throws InterruptedException {
        while (true) {
            long before = current;
            try {
                all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                throw failure("fails", e.getCause());
            } catch (TimeoutException e) {
                if (current == before) {
                    Throwable where = new IllegalStateException("is here");
                    where.setStackTrace(worker.getStackTrace());
                    throw failure("takes for ever", where);
                }
            }
        }
    }

    private AssertionError failure(String what, Throwable cause) {
        byte[] input = new Mutator(new Random(current)).mutated(subject.seeds());
        String text = new String(input, 0, Math.min(input.length, 4_000), java.nio.charset.StandardCharsets.UTF_8);
        String minutes = ReadersFuzzTest.MINUTES > 0 ? " -Dfuzz.minutes=1" : ""; // The seeds are others then.
        return new AssertionError(
                "%1$s, seed %2$d %3$s (again: -Dfuzz.only='%1$s' -Dfuzz.seed=%2$d%4$s) on %5$d bytes:%n%6$s"
                        .formatted(subject.name(), current, what, minutes, input.length, text),
                cause);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fuzz");
        thread.setDaemon(true);
        return thread;
    }
}
