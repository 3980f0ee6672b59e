package dev.thalweg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** As many connections as may be in use at a time; who comes too late waits, in order. Thread-safe. */
final class ConnectionLimit {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<CountDownLatch> waiting = new ArrayDeque<>();
    private final boolean limited;
    private int free;

    /** Of so many; 0 is no limit. */
    ConnectionLimit(int most) {
        limited = most > 0;
        free = most;
    }

    /** How one waits for its turn. */
    interface Wait {
        /** Waits for this; false where the time was over. What it throws ends the wait, too. */
        boolean await(CountDownLatch turn);
    }

    /** Takes one, at once or when it is this one's turn; false where that did not come in time. */
    boolean take(Wait wait) {
        CountDownLatch turn = new CountDownLatch(1);
        lock.lock();
        try {
            if (!limited || free > 0) {
                free--;
                return true;
            }
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
        boolean taken = false;
        try {
            taken = wait.await(turn);
            return taken;
        } finally {
            if (!taken) {
                leave(turn);
            }
        }
    }

    /** Who does not wait any more may have been given one meanwhile. */
    private void leave(CountDownLatch turn) {
        boolean waited;
        lock.lock();
        try {
            waited = waiting.remove(turn);
        } finally {
            lock.unlock();
        }
        if (!waited) {
            giveBack();
        }
    }

    /** Gives one back: to the first who waits. */
    void giveBack() {
        lock.lock();
        try {
            CountDownLatch next = waiting.poll();
            if (next == null) {
                free++;
            } else {
                next.countDown();
            }
        } finally {
            lock.unlock();
        }
    }
}
