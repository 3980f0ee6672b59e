package dev.thalweg.core.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's circuit breaker. Closed, it counts; open, it admits nobody until its time is over; then half-open, it
 * admits one trial, whose success closes it and whose failure opens it for twice as long. How an attempt ends that began
 * before it last opened says nothing new. Told the time with each call; not thread-safe.
 */
final class Breaker {
    /** So many failures without a success between them open it however many went well before. */
    static final int IN_A_ROW = 10;

    /** A provider that asks for more is asked again after this. */
    static final Duration MOST_ASKED = Duration.ofMinutes(5);

    private static final int MOST_DOUBLINGS = 16;

    // Only attempts that have ended: those under way would hide that none of them comes back.
    private final SlidingWindow ended = SlidingWindow.minute();
    private final SlidingWindow failures = SlidingWindow.minute();
    private boolean open;
    private long openUntil;
    private long openings;
    private int openedInARow;
    private int failedInARow;
    private boolean trial;
    private boolean askedEvenSo;
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

    /** How often it has opened: an attempt remembers this from its beginning. */
    long openings() {
        return openings;
    }

    boolean admits(long now) {
        State state = state(now);
        return state == State.CLOSED || (state == State.HALF_OPEN && !trial);
    }

    /** An attempt begins. Whether it is the one trial. */
    boolean begin(long now) {
        if (state(now) == State.HALF_OPEN && !trial) {
            trial = true;
            return true;
        }
        return false;
    }

    /**
     * An attempt went well. Whoever began after it opened proves that it works again.
     *
     * @param openingsThen how often it had opened when the attempt began
     * @return whether this closed it
     */
    boolean succeeded(long now, long openingsThen, boolean wasTrial) {
        trial &= !wasTrial;
        if (openingsThen != openings) {
            return false;
        }
        failedInARow = 0;
        ended.add(now, 1);
        return close();
    }

    /** An attempt ended in a way that says nothing about the deployment. */
    void abandoned(boolean wasTrial) {
        trial &= !wasTrial;
    }

    /**
     * An attempt failed.
     *
     * @param asked how long the provider wants to be left alone; null where it did not say
     * @param openingsThen how often it had opened when the attempt began
     * @return whether this opened it
     */
    boolean failed(
            long now,
            FailureClass failure,
            @Nullable Duration asked,
            long openingsThen,
            boolean wasTrial,
            BreakerRules rules) {
        trial &= !wasTrial;
        if (rules.disabled()) {
            // It may have opened before it was switched off.
            close();
            return false;
        }
        if (failure.blame() == FailureClass.Blame.NONE) {
            return false;
        }
        boolean was = state(now) == State.OPEN;
        boolean late = openingsThen != openings;
        if ((was || late) && asked == null) {
            return false;
        }
        if (!late) {
            failedInARow++;
            ended.add(now, 1);
            failures.add(now, 1);
        }
        if (!wasTrial && !atOnce(failure, rules) && !tooOften(now, failure, rules)) {
            return false;
        }
        askedEvenSo &= was;
        openFor(asked != null ? shorter(asked, MOST_ASKED) : grown(rules), failure, now);
        return !was;
    }

    /** Whether an attempt that begins though this is open is the first since then. */
    boolean firstEvenSo() {
        boolean first = open && !askedEvenSo;
        askedEvenSo |= open;
        return first;
    }

    /** Makes that one stand where this one does. */
    void copyTo(Breaker copy) {
        ended.copyTo(copy.ended);
        failures.copyTo(copy.failures);
        copy.open = open;
        copy.openUntil = openUntil;
        copy.openings = openings;
        copy.openedInARow = openedInARow;
        copy.failedInARow = failedInARow;
        copy.trial = trial;
        copy.askedEvenSo = askedEvenSo;
        copy.cause = cause;
    }

    private static boolean atOnce(FailureClass failure, BreakerRules rules) {
        return failure.blame() == FailureClass.Blame.AT_ONCE
                && !rules.allowedFailsOf().containsKey(failure);
    }

    private boolean tooOften(long now, FailureClass failure, BreakerRules rules) {
        long failed = failures.sum(now);
        return failed > rules.allowed(failure) && (2 * failed >= ended.sum(now) || failedInARow >= IN_A_ROW);
    }

    private void openFor(long nanos, FailureClass failure, long now) {
        long until = now + nanos;
        openUntil = open ? Math.max(openUntil, until) : until;
        open = true;
        openings++;
        cause = failure;
    }

    private boolean close() {
        boolean was = open;
        if (was) {
            open = false;
            openedInARow = 0;
            failedInARow = 0;
            ended.clear();
            failures.clear();
        }
        return was;
    }

    private long grown(BreakerRules rules) {
        long first = rules.cooldown().toNanos();
        long longest = Math.max(first, rules.longest().toNanos());
        int doublings = Math.min(openedInARow++, MOST_DOUBLINGS);
        return first > longest >> doublings ? longest : first << doublings;
    }

    /** In nanoseconds. Compared before: what a provider asks for may be more than a long of them. */
    private static long shorter(Duration asked, Duration most) {
        return (asked.compareTo(most) < 0 ? asked : most).toNanos();
    }
}
