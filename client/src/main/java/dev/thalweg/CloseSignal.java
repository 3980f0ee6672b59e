package dev.thalweg;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What a close reaches while attempts come and go: the one that runs, and the wait for the next. Thread-safe. */
final class CloseSignal {
    private final Pauses pauses;
    private volatile boolean closed;
    private volatile @Nullable ChunkSource attempt;
    private volatile @Nullable CountDownLatch awaited;

    CloseSignal(Pauses pauses) {
        this.pauses = pauses;
    }

    /** This attempt runs from now on. */
    void attempt(ChunkSource source) {
        attempt = source;
        if (closed) {
            source.abort();
        }
    }

    void close() {
        closed = true;
        CountDownLatch turn = awaited;
        if (turn != null) {
            turn.countDown();
        }
        ChunkSource running = attempt;
        if (running != null) {
            running.abort();
        }
    }

    boolean closed() {
        return closed;
    }

    /** Waits for this, so long at most, or until this or the whole client is closed; false where the time was over. */
    boolean await(CountDownLatch turn, long mostNanos) throws InterruptedException {
        awaited = turn;
        return closed || pauses.await(turn, mostNanos);
    }
}
