package dev.thalweg.gateway.server;

/** What a caller's connection is doing. */
enum Phase {
    /** No request is under way. */
    IDLE,
    /** The body is being gathered. */
    BODY,
    /**
     * The answer is written before the body has come. Closing now could lose the answer, because the system resets a
     * connection that has unread bytes: the rest is read and thrown away.
     */
    DISCARD,
    /** The answer is under way. */
    BUSY,
    /** The answer is written, and more of it waits for the caller to take it than should wait. */
    SENDING,
    /** The connection closes as soon as the answer is out; nothing of what still comes is looked at. */
    LEAVING
}
