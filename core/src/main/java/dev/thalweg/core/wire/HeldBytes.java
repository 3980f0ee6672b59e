package dev.thalweg.core.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all streams of a process hold back together, waiting for the rest of an event, and how many they may.
 * A stream that asks for more fails; the process does not. Thread-safe.
 */
public final class HeldBytes {
    private volatile long limit;
    private final AtomicLong held = new AtomicLong();

    /** At most this many bytes. */
    public HeldBytes(long limit) {
        this.limit = limit;
    }

    /** From now on at most this many; what is held already stays. */
    public void limit(long bytes) {
        limit = bytes;
    }

    /** Takes room for so many bytes; false where there is none. */
    public boolean take(int bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Gives room back. */
    public void give(int bytes) {
        held.addAndGet(-bytes);
    }

    /** How many bytes are held now. */
    public long held() {
        return held.get();
    }
}
