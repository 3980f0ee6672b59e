package dev.thalweg.gateway.record;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.model.Cost;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Usage;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one attempt: who was asked, how it ended, what it used and what that cost. Belongs to its request's
 * record.
 */
final class AttemptRecord {
    /** Ends before anything was asked: nobody charges for them. */
    private static final Set<String> NEVER_ASKED =
            Set.of(Clock.POOL.code(), Clock.CONNECT.code(), ErrorKind.API_CONNECTION.code());

    private final Deployment deployment;
    private final Prices prices;
    private final Instant time;
    private @Nullable String outcome;
    private @Nullable String code;
    private @Nullable Usage usage;
    private boolean content;
    private long estimatedOutputTokens;
    private @Nullable Cost cost;

    AttemptRecord(Deployment deployment, Prices prices, Instant time) {
        this.deployment = deployment;
        this.prices = prices;
        this.time = time;
    }

    Deployment deployment() {
        return deployment;
    }

    /** How it ended; null: as its request did. */
    @Nullable
    String outcome() {
        return outcome;
    }

    @Nullable
    String code() {
        return code;
    }

    void ended(String how, @Nullable String why) {
        cost = null;
        outcome = how;
        code = why;
    }

    void seen(StreamObserver observer) {
        cost = null;
        usage = observer.usage().orElse(usage);
        content |= observer.hasContent();
        estimatedOutputTokens = observer.estimatedTokens();
    }

    /** What the provider counted, or what was estimated; null where neither is known. */
    @Nullable
    Usage usage() {
        return usage;
    }

    /** Whether something came, and nobody counted it. */
    boolean mustEstimate() {
        return usage == null && content;
    }

    void estimate(long inputTokens) {
        cost = null;
        usage = Usage.builder()
                .inputTokens(inputTokens)
                .outputTokens(Math.max(1, estimatedOutputTokens))
                .estimated(true)
                .build();
    }

    /** What it cost as far as is known now; nothing where nothing can have been used. */
    Cost cost() {
        Cost known = cost;
        if (known == null) {
            known = reckon();
            cost = known;
        }
        return known;
    }

    private Cost reckon() {
        if (usage != null) {
            return prices.cost(usage, time);
        }
        return !content && wasRefused() ? Cost.NOTHING : Cost.UNKNOWN_USAGE;
    }

    /** Whether it counts: one that was refused or never reached anybody does not. */
    boolean wasUsed() {
        return usage != null || content || !wasRefused();
    }

    /** The provider said no, or was never asked. Whoever was given up on may still charge for what he did. */
    private boolean wasRefused() {
        return StreamEnd.UPSTREAM_ERROR.label().equals(outcome)
                || (outcome != null && code != null && NEVER_ASKED.contains(code));
    }
}
