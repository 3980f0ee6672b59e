package dev.thalweg;

import dev.thalweg.model.ChatRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be known of a call that begins. Immutable. */
public final class CallStart {
    private final String callId;
    private final String model;
    private final @Nullable ChatRequest request;
    private final boolean stream;
    private final Instant at;
    private final Map<String, String> metadata;

    CallStart(
            String callId,
            String model,
            @Nullable ChatRequest request,
            boolean stream,
            Instant at,
            Map<String, String> metadata) {
        this.metadata = metadata;
        this.callId = callId;
        this.model = model;
        this.request = request;
        this.stream = stream;
        this.at = at;
    }

    /** This call's own id: a random one, or the word that a replay was given. */
    public String callId() {
        return callId;
    }

    /** The model as the caller named it: a model or a group. */
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

    /** When it begins. */
    public Instant at() {
        return at;
    }

    /** What the program says of it, see {@link CallOptions.Builder#metadata}; may be empty. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Without the question. */
    @Override
    public String toString() {
        return "CallStart[" + callId + ", " + model + (stream ? ", stream]" : "]");
    }
}
