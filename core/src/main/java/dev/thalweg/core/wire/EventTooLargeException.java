package dev.thalweg.core.wire;

/** An event is larger than it may be, or all streams together hold more than they may. Carries no stack trace. */
public final class EventTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With this text for people. */
    public EventTooLargeException(String message) {
        super(message, null, false, false);
    }
}
