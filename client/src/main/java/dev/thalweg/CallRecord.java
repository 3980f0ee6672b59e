package dev.thalweg;

import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Cost;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of a call that has ended. Immutable. */
public final class CallRecord {
    private final CallStart start;
    private final String provider;
    private final String sentModel;
    private final @Nullable Prices prices;
    private final CallClocks clocks;
    private final CallOutcome outcome;
    private final @Nullable ThalwegException failure;
    private final ChatResponse response;

    CallRecord(
            CallStart start,
            String provider,
            String sentModel,
            @Nullable Prices prices,
            CallClocks clocks,
            CallOutcome outcome,
            @Nullable ThalwegException failure,
            ChatResponse response) {
        this.start = start;
        this.provider = provider;
        this.sentModel = sentModel;
        this.prices = prices;
        this.clocks = clocks;
        this.outcome = outcome;
        this.failure = failure;
        this.response = response;
    }

    /** This call's own id: a random one, or the word that a replay was given. */
    public String callId() {
        return start.callId();
    }

    /** Who was asked last: a provider's name, {@code gateway}, or what a replay calls itself; empty where nobody was. */
    public String provider() {
        return provider;
    }

    /** The model as the caller named it: a model or a group. */
    public String model() {
        return start.model();
    }

    /** The question; empty for a replay that did not name it. */
    public Optional<ChatRequest> request() {
        return start.request();
    }

    /** Whether a stream was asked for. */
    public boolean stream() {
        return start.stream();
    }

    /** When the call began. */
    public Instant startedAt() {
        return start.at();
    }

    /** How long it took, retries and the reader's own time included. */
    public Duration duration() {
        return clocks.duration();
    }

    /** How long it took until the first chunk of a stream was there, content or not; empty where there was none. */
    public Optional<Duration> timeToFirstChunk() {
        return Optional.ofNullable(clocks.toFirstChunk());
    }

    /** How long it took until the first content of a stream was handed out; empty where there was none. */
    public Optional<Duration> timeToFirstToken() {
        return Optional.ofNullable(clocks.toFirstToken());
    }

    /**
     * The mean time between two pieces of a stream's content, the reader's own time included; empty where there were fewer
     * than two. A piece is what the provider sent as one: mostly a token, with some providers several.
     */
    public Optional<Duration> timeBetweenTokens() {
        return Optional.ofNullable(clocks.betweenTokens());
    }

    /** How it ended. */
    public CallOutcome outcome() {
        return outcome;
    }

    /** Whether the answer came whole and was read to its end. */
    public boolean complete() {
        return outcome == CallOutcome.COMPLETE;
    }

    /** Why it failed; empty where it did not. What is no {@link ThalwegException} by itself is the cause of one. */
    public Optional<ThalwegException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The attempts that were made, in their order; of a stream that its caller closed, those that had ended. */
    public List<Attempt> attempts() {
        return failure != null ? failure.attempts() : response.attempts();
    }

    /**
     * The answer, as far as it came; where any came, with usage, counted by the provider or estimated. What a restart made
     * void is not in it.
     */
    public ChatResponse response() {
        return response;
    }

    /**
     * What {@link #response()} cost by the prices of its configuration, else the list prices this version carries, as exact
     * as its usage; not known where either is missing, and for what a gateway served, whose names are its own.
     */
    public Cost cost() {
        Optional<Usage> usage = response.usage();
        if (usage.isEmpty()) {
            return Cost.UNKNOWN_USAGE;
        }
        if (prices != null) {
            return prices.cost(usage.get(), startedAt());
        }
        return ModelCatalog.bundled()
                .find(provider, sentModel)
                .map(info -> info.prices().cost(usage.get(), startedAt()))
                .orElse(Cost.UNKNOWN_PRICE);
    }

    /** Without the question and the answer. */
    @Override
    public String toString() {
        String how = switch (outcome) {
            case COMPLETE -> "complete";
            case CLOSED -> "closed";
            case FAILED -> failure().flatMap(ThalwegException::code).orElse("failed");
        };
        return "CallRecord[" + callId() + ", " + model() + " (" + provider + "), " + how + " after "
                + duration().toMillis() + " ms"
                + response.usage().map(usage -> ", " + usage).orElse("") + "]";
    }
}
