package dev.thalweg;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of a call that has ended. Immutable. */
public final class CallRecord {
    private final String callId;
    private final String provider;
    private final String model;
    private final @Nullable ChatRequest request;
    private final boolean stream;
    private final Instant startedAt;
    private final Duration duration;
    private final @Nullable Duration timeToFirstToken;
    private final boolean complete;
    private final @Nullable ThalwegException failure;
    private final ChatResponse response;

    CallRecord(
            CallLog log,
            Duration duration,
            @Nullable Duration timeToFirstToken,
            boolean complete,
            @Nullable ThalwegException failure,
            ChatResponse response) {
        this.callId = log.callId();
        this.provider = log.provider();
        this.model = log.model();
        this.request = log.request();
        this.stream = log.stream();
        this.startedAt = log.startedAt();
        this.duration = duration;
        this.timeToFirstToken = timeToFirstToken;
        this.complete = complete;
        this.failure = failure;
        this.response = response;
    }

    /** This call's own id: a random one, or the word that a replay was given. */
    public String callId() {
        return callId;
    }

    /** Who was asked last: a provider's name, {@code gateway}, or what a replay calls itself. */
    public String provider() {
        return provider;
    }

    /** The model as the caller named it. */
    public String model() {
        return model;
    }

    /** The question; empty for a replay that did not name it. */
    public Optional<ChatRequest> request() {
        return Optional.ofNullable(request);
    }

    /** Whether a stream was asked for. */
    public boolean stream() {
        return stream;
    }

    /** When the call began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** How long it took, retries and the reader's own time included. */
    public Duration duration() {
        return duration;
    }

    /** How long it took until the first content of a stream was handed out; empty where there was none. */
    public Optional<Duration> timeToFirstToken() {
        return Optional.ofNullable(timeToFirstToken);
    }

    /**
     * Whether the answer came whole and was read to its end. If not, and without a {@link #failure()}, the caller closed the
     * stream or was interrupted.
     */
    public boolean complete() {
        return complete;
    }

    /** Why it did not. */
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

    /** Without the question and the answer. */
    @Override
    public String toString() {
        String how = complete
                ? "complete"
                : failure == null ? "closed" : failure.code().orElse("failed");
        return "CallRecord[" + callId + ", " + model + " (" + provider + "), " + how + " after " + duration.toMillis()
                + " ms" + response.usage().map(usage -> ", " + usage).orElse("") + "]";
    }
}
