package dev.thalweg.core.route;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when to try again. Only what the upstream is to blame for is tried again, only before anything has gone to
 * the caller, and never later than the call's deadline. Immutable.
 */
public final class RetryPolicy {
    private static final long FIRST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(8).toNanos();

    /** A longer wait than this is the caller's to plan: nobody holds a request open for it. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(60);

    private final int retries;

    /** A policy of so many tries after the first one. */
    public RetryPolicy(int retries) {
        this.retries = retries;
    }

    /** Whether another try would still be allowed after so many. */
    public boolean allowsMoreThan(int attempts) {
        return attempts <= retries;
    }

    /**
     * How long to wait before the next try; empty for no next try. What the provider asks for is obeyed up
     * to a minute; a longer wait means no next try. Otherwise the
     * wait doubles from half a second up to eight, and up to a quarter of it is taken off by chance, so that callers who
     * failed together do not come back together.
     *
     * @param attempts how many tries were made
     * @param retryable whether the last one's failure may pass
     * @param asked what the provider asks for
     * @param leftNanos how much of the call's time is left
     * @param chance a random number from 0 to 1
     */
    public Optional<Duration> next(
            int attempts, boolean retryable, @Nullable Duration asked, long leftNanos, double chance) {
        if (!retryable || !allowsMoreThan(attempts)) {
            return Optional.empty();
        }
        if (asked != null && asked.compareTo(LONGEST_ASKED) > 0) {
            return Optional.empty();
        }
        long wait = asked != null ? asked.toNanos() : backoff(attempts, chance);
        return wait < leftNanos ? Optional.of(Duration.ofNanos(wait)) : Optional.empty();
    }

    private static long backoff(int attempts, double chance) {
        long full = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(attempts - 1, 10));
        return (long) (full * (1 - chance / 4));
    }
}
