package dev.thalweg.core.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's circuit breaker. Closed, it counts; open, it admits nobody until its time is over; then half-open, it
 * admits one trial, whose success closes it and whose failure opens it for twice as long. Told the time with each call; not
 * thread-safe.
 */
final class Breaker {
    private static final int MOST_DOUBLINGS = 16;

    /** A provider that asks for more is asked again after this. */
    private static final Duration MOST_ASKED = Duration.ofMinutes(5);

    private final SlidingWindow tries = SlidingWindow.minute();
    private final SlidingWindow failures = SlidingWindow.minute();
    private boolean open;
    private long openUntil;
    private long openedAt;
    private int openedInARow;
    private boolean trial;
    private @Nullable FailureClass cause;

    /** Where a breaker stands. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    State state(long now) {
        return !open ? State.CLOSED : now < openUntil ? State.OPEN : State.HALF_OPEN;
    }

    /** How long it still admits nobody, in nanoseconds. */
    long leftOpen(long now) {
        return open ? Math.max(0, openUntil - now) : 0;
    }

    /** Why it opened; null while it is closed. */
    @Nullable
    FailureClass cause() {
        return open ? cause : null;
    }

    boolean admits(long now) {
        State state = state(now);
        return state == State.CLOSED || (state == State.HALF_OPEN && !trial);
    }

    /** An attempt begins. Whether it is the one trial. */
    boolean begin(long now) {
        tries.add(now, 1);
        if (state(now) == State.HALF_OPEN && !trial) {
            trial = true;
            return true;
        }
        return false;
    }

    /**
     * An attempt that began then went well. Whoever went well after it opened proves that it works again.
     *
     * @return whether this closed it
     */
    boolean succeeded(long began, boolean wasTrial) {
        trial &= !wasTrial;
        if (!open || began < openedAt) {
            return false;
        }
        open = false;
        openedInARow = 0;
        tries.clear();
        failures.clear();
        return true;
    }

    /** An attempt ended in a way that says nothing about the deployment. */
    void abandoned(boolean wasTrial) {
        trial &= !wasTrial;
    }

    /**
     * An attempt failed.
     *
     * @param asked how long the provider wants to be left alone; null where it did not say
     * @return whether this opened it
     */
    boolean failed(long now, FailureClass failure, @Nullable Duration asked, boolean wasTrial, BreakerRules rules) {
        trial &= !wasTrial;
        if (rules.disabled() || failure.blame() == FailureClass.Blame.NONE) {
            return false;
        }
        failures.add(now, 1);
        boolean tooOften = failures.sum(now) > rules.allowed(failure) && 2 * failures.sum(now) >= tries.sum(now);
        boolean atOnce = failure.blame() == FailureClass.Blame.AT_ONCE
                && !rules.allowedFailsOf().containsKey(failure);
        if (!wasTrial && !atOnce && !tooOften) {
            return false;
        }
        if (open && now < openUntil && asked == null) {
            // One of those that were under way when it opened.
            return false;
        }
        boolean was = open && now < openUntil;
        open = true;
        openedAt = now;
        cause = failure;
        openUntil = Math.max(
                was ? openUntil : 0,
                now + (asked != null ? Math.min(asked.toNanos(), MOST_ASKED.toNanos()) : grown(rules)));
        return !was;
    }

    private long grown(BreakerRules rules) {
        long first = rules.cooldown().toNanos();
        long longest = Math.max(first, rules.longest().toNanos());
        int doublings = Math.min(openedInARow++, MOST_DOUBLINGS);
        return Math.min(longest, first << doublings);
    }
}
