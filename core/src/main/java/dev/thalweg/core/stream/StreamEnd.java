package dev.thalweg.core.stream;

import dev.thalweg.core.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * The ways a stream (and a unary answer, which is a stream of one frame) can end. Each end says what the caller is told
 * and whose fault it is. The table in {@code docs/streams.md} is checked against this list.
 */
public enum StreamEnd {
    /** A finish reason for every choice and a clean end of the body, or {@code [DONE]}. */
    COMPLETE(null, null, false, false),
    /** The connection ended before the answer did. */
    CUT(ErrorKind.API_CONNECTION, "upstream_cut", true, true),
    /** Nothing came for too long; the code names the clock. */
    STALLED(ErrorKind.TIMEOUT, "idle_timeout", true, true),
    /** The upstream said that it failed. The class, status and code are those of its error. */
    UPSTREAM_ERROR(ErrorKind.INTERNAL_SERVER, "upstream_error", true, true),
    /** The upstream sent something that is not the protocol. */
    PROTOCOL_ERROR(ErrorKind.RESPONSE_VALIDATION, "upstream_protocol_error", true, true),
    /** The model repeated itself without end. */
    LOOP(ErrorKind.INTERNAL_SERVER, "repeated_chunks", true, false),
    /** One event or answer was larger than allowed. */
    TOO_LARGE(ErrorKind.RESPONSE_TOO_LARGE, "upstream_too_large", false, false),
    /** The time for the whole call was over. */
    DEADLINE(ErrorKind.TIMEOUT, "total_timeout", true, true),
    /** The caller's money was spent. */
    BUDGET(ErrorKind.BUDGET_EXCEEDED, "insufficient_quota", false, false),
    /** The caller closed the connection or the stream. */
    CALLER_GONE(ErrorKind.CANCELLED, "cancelled", false, false),
    /** This process is stopping. */
    SHUTDOWN(ErrorKind.SERVICE_UNAVAILABLE, "shutting_down", true, false);

    private final @Nullable ErrorKind kind;
    private final @Nullable String code;
    private final boolean retryable;
    private final boolean countsAgainstUpstream;

    StreamEnd(@Nullable ErrorKind kind, @Nullable String code, boolean retryable, boolean countsAgainstUpstream) {
        this.kind = kind;
        this.code = code;
        this.retryable = retryable;
        this.countsAgainstUpstream = countsAgainstUpstream;
    }

    /** The class of error the caller gets; null for {@link #COMPLETE}. */
    public @Nullable ErrorKind kind() {
        return kind;
    }

    /** The {@code code} the caller gets; null for {@link #COMPLETE}. */
    public @Nullable String code() {
        return code;
    }

    /** Whether the same request may succeed when sent again. For an upstream's own error its class decides. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether the upstream's health suffers. For an upstream's own error its class decides. */
    public boolean countsAgainstUpstream() {
        return countsAgainstUpstream;
    }

    /** The name in logs and metrics: {@code caller_gone} for example. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
