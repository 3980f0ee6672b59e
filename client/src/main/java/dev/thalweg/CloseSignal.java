package dev.thalweg;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a close reaches while attempts come and go: the one that runs, and the pause between two. Thread-safe. */
final class CloseSignal {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable ChunkSource attempt;

    /** This attempt runs from now on. */
    void attempt(ChunkSource source) {
        attempt = source;
        if (closed()) {
            source.abort();
        }
    }

    void close() {
        closed.countDown();
        ChunkSource running = attempt;
        if (running != null) {
            running.abort();
        }
    }

    boolean closed() {
        return closed.getCount() == 0;
    }

    /** Waits so long, or until the close. */
    void pause(Duration wait) throws InterruptedException {
        boolean unused = closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
