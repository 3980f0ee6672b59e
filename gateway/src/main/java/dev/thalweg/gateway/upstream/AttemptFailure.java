package dev.thalweg.gateway.upstream;

/**
 * Why an attempt has no answer.
 *
 * @param kind what failed
 * @param message for people; without addresses
 */
public record AttemptFailure(Kind kind, String message) {
    /** What failed. */
    public enum Kind {
        /** No connection could be made: refused, unknown host, TLS. */
        UNREACHABLE,
        /** A connection that had been used before was closed before the answer began: it was stale. */
        STALE,
        /** The connection was closed before the answer began. */
        CLOSED,
        /** What came is not HTTP. */
        NOT_HTTP
    }
}
