package dev.thalweg;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The waits between the attempts of all calls of one client: closing it ends them. Thread-safe. */
final class Pauses {
    private final Set<CountDownLatch> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Ends all waits, and those that come. */
    void close() {
        closed = true;
        waiting.forEach(CountDownLatch::countDown);
    }

    boolean closed() {
        return closed;
    }

    /** Waits for this, so long at most, or until the close; false where the time was over. */
    boolean await(CountDownLatch turn, long mostNanos) throws InterruptedException {
        waiting.add(turn);
        try {
            return closed || turn.await(mostNanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting.remove(turn);
        }
    }
}
