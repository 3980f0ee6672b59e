package dev.thalweg.core.route;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment from its requests: health, load, speed. One for each deployment of a process, whatever
 * configuration it is in. Thread-safe.
 */
public final class DeploymentState {
    private static final double NEWEST = 0.2;

    private final Breaker breaker = new Breaker();
    private final SlidingWindow requests = SlidingWindow.minute();
    private final SlidingWindow tokens = SlidingWindow.minute();
    private volatile int inFlight;
    private volatile double firstTokenNanos;
    private volatile double wholeNanos;
    private volatile List<GroupState> waiting = List.of();
    private long succeeded;
    private long failed;

    /** Whether a request may go there now. */
    public enum Verdict {
        /** It may. */
        OPEN,
        /** It failed too often, or asked to be left alone. */
        COOLING,
        /** It serves as many requests as it is allowed at a time. */
        FULL,
        /** Its requests or tokens of this minute are spent. */
        LIMITED
    }

    /**
     * How a deployment does, for people and programs.
     *
     * @param verdict whether a request may go there
     * @param trial whether the next request is the trial of a deployment that was left alone
     * @param coolingNanos how long it is still left alone
     * @param cause why it is left alone; null where it is not
     * @param inFlight attempts under way
     * @param firstTokenNanos the usual time to the first token of a stream; 0: not known
     * @param wholeNanos the usual time of an answer in one piece; 0: not known
     * @param requestsThisMinute attempts of the last minute
     * @param tokensThisMinute tokens of the last minute
     * @param succeeded attempts that went well since the start
     * @param failed attempts that did not
     */
    public record Status(
            Verdict verdict,
            boolean trial,
            long coolingNanos,
            @Nullable FailureClass cause,
            int inFlight,
            long firstTokenNanos,
            long wholeNanos,
            long requestsThisMinute,
            long tokensThisMinute,
            long succeeded,
            long failed) {}

    /** Attempts under way. */
    public int inFlight() {
        return inFlight;
    }

    /** The usual time to the first token of a stream, or of a whole answer, in nanoseconds; 0: not known. */
    public double latencyNanos(boolean stream) {
        return stream ? firstTokenNanos : wholeNanos;
    }

    synchronized Verdict verdict(Candidate candidate, long now) {
        if (!breaker.admits(now)) {
            return Verdict.COOLING;
        }
        if (isFull(candidate)) {
            return Verdict.FULL;
        }
        return share(candidate, now) >= 1 ? Verdict.LIMITED : Verdict.OPEN;
    }

    /** Whether it serves as many as it is allowed at a time, be it left alone or not. */
    boolean isFull(Candidate candidate) {
        return candidate.maxParallel() > 0 && inFlight >= candidate.maxParallel();
    }

    /** How much of this minute's requests and tokens is spent: from 0 to 1 and above; 0 where no limit is known. */
    synchronized double share(Candidate candidate, long now) {
        double ofRequests =
                candidate.requestsPerMinute() > 0 ? (double) requests.sum(now) / candidate.requestsPerMinute() : 0;
        double ofTokens = candidate.tokensPerMinute() > 0 ? (double) tokens.sum(now) / candidate.tokensPerMinute() : 0;
        return Math.max(ofRequests, ofTokens);
    }

    synchronized Status status(Candidate candidate, long now) {
        return new Status(
                verdict(candidate, now),
                breaker.state(now) == Breaker.State.HALF_OPEN,
                breaker.leftOpen(now),
                breaker.cause(),
                inFlight,
                (long) firstTokenNanos,
                (long) wholeNanos,
                requests.sum(now),
                tokens.sum(now),
                succeeded,
                failed);
    }

    /**
     * An attempt begins; its ticket is how it ends. Null where it may not begin any more.
     *
     * @param anyway whether it begins though the deployment is left alone or its minute is spent
     */
    synchronized @Nullable Ticket begin(Candidate candidate, long now, boolean anyway) {
        Verdict verdict = verdict(candidate, now);
        if (isFull(candidate) || (verdict != Verdict.OPEN && !anyway)) {
            return null;
        }
        inFlight++;
        requests.add(now, 1);
        return new Ticket(this, now, breaker.begin(now), breaker.openings());
    }

    /** Whether it is asked for the first time though it is left alone, since that began. */
    synchronized boolean firstEvenSo() {
        return breaker.firstEvenSo();
    }

    synchronized void firstToken(long nanos) {
        firstTokenNanos = smoothed(firstTokenNanos, nanos);
    }

    /** Whether this ended its being left alone. */
    synchronized boolean succeeded(Ticket ticket, long now, boolean stream, long used) {
        inFlight--;
        succeeded++;
        tokens.add(now, used);
        if (!stream) {
            wholeNanos = smoothed(wholeNanos, now - ticket.began());
        }
        return breaker.succeeded(now, ticket.openings(), ticket.trial());
    }

    /** Whether it is left alone from here on. */
    synchronized boolean failed(
            Ticket ticket, long now, FailureClass failure, @Nullable Duration asked, BreakerRules rules) {
        inFlight--;
        failed++;
        return breaker.failed(now, failure, asked, ticket.openings(), ticket.trial(), rules);
    }

    synchronized void abandoned(Ticket ticket) {
        inFlight--;
        breaker.abandoned(ticket.trial());
    }

    /** Requests of this group wait for it to have room. */
    synchronized void awaitedBy(GroupState group) {
        if (!waiting.contains(group)) {
            waiting = Stream.concat(waiting.stream(), Stream.of(group)).toList();
        }
    }

    /** It has room for one more: the first in each queue it is in is told. */
    void freed() {
        for (GroupState group : waiting) {
            group.freed(this);
        }
    }

    /** One that knows the same, and that nobody waits for. */
    synchronized DeploymentState copy() {
        DeploymentState copy = new DeploymentState();
        breaker.copyTo(copy.breaker);
        requests.copyTo(copy.requests);
        tokens.copyTo(copy.tokens);
        copy.inFlight = inFlight;
        copy.firstTokenNanos = firstTokenNanos;
        copy.wholeNanos = wholeNanos;
        return copy;
    }

    private static double smoothed(double known, long next) {
        return known == 0 ? next : known + NEWEST * (next - known);
    }
}
