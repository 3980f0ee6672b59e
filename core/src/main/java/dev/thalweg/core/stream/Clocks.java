package dev.thalweg.core.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which clocks of one call are running and when each runs out. It has no time of its own: the driver passes in a
 * monotonic time in nanoseconds and asks for the next deadline, so that one timer serves all clocks. Not thread-safe.
 */
public final class Clocks {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final Clock[] ALL = Clock.values();

    private final long[] deadlines = new long[ALL.length];

    /** All clocks stopped. */
    public Clocks() {
        Arrays.fill(deadlines, NEVER);
    }

    /** Starts a clock, or starts it again. A limit of 0 or less means none. */
    public void start(Clock clock, long now, long limitNanos) {
        long deadline = now + limitNanos;
        deadlines[clock.ordinal()] = limitNanos <= 0 || deadline < now ? NEVER : deadline;
    }

    /** Stops a clock. */
    public void stop(Clock clock) {
        deadlines[clock.ordinal()] = NEVER;
    }

    /** Stops every clock of an attempt; the total goes on. */
    public void stopAttempt() {
        for (Clock clock : ALL) {
            if (clock != Clock.TOTAL) {
                stop(clock);
            }
        }
    }

    /** Whether a clock is running. */
    public boolean running(Clock clock) {
        return deadlines[clock.ordinal()] != NEVER;
    }

    /** When the next running clock runs out, {@link #NEVER} where none runs. */
    public long next() {
        long next = NEVER;
        for (long deadline : deadlines) {
            next = Math.min(next, deadline);
        }
        return next;
    }

    /** The clock that has run out first by this time, null where none has. */
    public @Nullable Clock expired(long now) {
        Clock first = null;
        for (Clock clock : ALL) {
            long deadline = deadlines[clock.ordinal()];
            boolean earlier = first == null || deadline < deadlines[first.ordinal()];
            if (deadline != NEVER && deadline - now <= 0 && earlier) {
                first = clock;
            }
        }
        return first;
    }
}
