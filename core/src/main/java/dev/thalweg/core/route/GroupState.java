package dev.thalweg.core.route;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is known of a group from its requests, whatever configuration it is in. Thread-safe. */
public final class GroupState {
    private final RetryBudget retries = new RetryBudget();
    private final Percentile firstTokens = new Percentile();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    RetryBudget retries() {
        return retries;
    }

    synchronized void firstToken(long nanos) {
        firstTokens.add(nanos);
    }

    /** The time within which 95 of 100 streams have begun to speak, in nanoseconds; 0 while too few were seen. */
    public synchronized long firstTokenP95() {
        return firstTokens.value(0.95);
    }

    /** Joins the queue of those who wait for a deployment to have room; false where it is full. */
    public synchronized boolean queue(Runnable resume, int most) {
        return waiting.size() < most && waiting.add(resume);
    }

    /** Leaves the queue. */
    public synchronized void leave(Runnable resume) {
        waiting.remove(resume);
    }

    /** A deployment has room for one more: the first in the queue is told. */
    void freed() {
        Runnable first;
        synchronized (this) {
            first = waiting.pollFirst();
        }
        if (first != null) {
            first.run();
        }
    }
}
