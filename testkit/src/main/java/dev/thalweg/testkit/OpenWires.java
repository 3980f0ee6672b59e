package dev.thalweg.testkit;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts connections and lets a test wait for a count. */
final class OpenWires {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Wire> open = new HashSet<>();
    private int accepted;
    private boolean closed;

    /** Counts the connection; one that comes after {@link #closeAll} is closed at once. */
    int add(Wire wire) {
        lock.lock();
        try {
            accepted++;
            open.add(wire);
            changed.signalAll();
            if (closed) {
                wire.abort();
            }
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    void remove(Wire wire) {
        lock.lock();
        try {
            open.remove(wire);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    int open() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    void await(int count, Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (open.size() != count && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (open.size() != count) {
                throw new AssertionError(
                        "expected " + count + " open connections within " + timeout + " but there are " + open.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + count + " open connections", e);
        } finally {
            lock.unlock();
        }
    }

    void closeAll() {
        List<Wire> remaining;
        lock.lock();
        try {
            closed = true;
            remaining = List.copyOf(open);
        } finally {
            lock.unlock();
        }
        remaining.forEach(Wire::abort);
    }
}
