package dev.thalweg.testkit.conformance;

/** What goes wrong at a provider. The words of each are in the protocols' own scripts. */
public enum Fault {
    /** Nothing. */
    NONE(200, ""),
    /** The request is refused. */
    BAD_REQUEST(400, "out of range"),
    /** The key is wrong. */
    UNAUTHORIZED(401, "Incorrect API key"),
    /** There is no such model. */
    NO_MODEL(404, "does not exist"),
    /** Too many requests; another one in two seconds. */
    RATE_LIMITED(429, "Rate limit reached"),
    /** The server fails. */
    SERVER_ERROR(500, "The server had an error"),
    /** The prompt is too long. */
    CONTEXT_LENGTH(400, "too long"),
    /** An error in a 200, before any content. */
    FIRST_EVENT(200, "The engine is overloaded"),
    /** An error after some content. */
    AFTER_CONTENT(200, "The engine is overloaded"),
    /** The connection breaks after some content. */
    CUT(200, ""),
    /** Nothing comes any more after some content. */
    STALL(200, "");

    private final int status;
    private final String words;

    Fault(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** The provider's HTTP status. */
    public int status() {
        return status;
    }

    /** What the provider's message has in it, and the caller's has to; empty where the provider says nothing. */
    public String words() {
        return words;
    }

    /** Whether the provider answers with an error's status. */
    boolean isStatus() {
        return status >= 400;
    }

    /** Whether content comes before the fault. */
    boolean hasContent() {
        return this == AFTER_CONTENT || this == CUT || this == STALL;
    }

    /** Whether a gateway has to tell the caller, because a direct connection would just end or hang. */
    boolean needsGateway() {
        return this == CUT || this == STALL;
    }
}
