package dev.thalweg.core.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way at a deployment. It ends once: what is said after that counts for nothing, so that no request is
 * ever counted out twice. Belongs to its exchange.
 */
final class Ticket {
    private final DeploymentState state;
    private final long began;
    private final boolean trial;
    private final long openings;
    private boolean firstTokenSeen;
    private boolean ended;

    Ticket(DeploymentState state, long began, boolean trial, long openings) {
        this.state = state;
        this.began = began;
        this.trial = trial;
        this.openings = openings;
    }

    long began() {
        return began;
    }

    boolean trial() {
        return trial;
    }

    /** How often the breaker had opened when it began. */
    long openings() {
        return openings;
    }

    /** The first content of a stream has come; how long it took, or -1 where that was told before. */
    long firstToken(long now) {
        if (ended || firstTokenSeen) {
            return -1;
        }
        firstTokenSeen = true;
        state.firstToken(now - began);
        return now - began;
    }

    /** Whether the deployment is no longer left alone. */
    boolean succeeded(long now, boolean stream, long tokens) {
        return end() && state.succeeded(this, now, stream, tokens);
    }

    /** Whether the deployment is left alone from here on. */
    boolean failed(long now, FailureClass failure, @Nullable Duration asked, BreakerRules rules) {
        return end() && state.failed(this, now, failure, asked, rules);
    }

    void abandoned() {
        if (end()) {
            state.abandoned(this);
        }
    }

    private boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
