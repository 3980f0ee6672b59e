package dev.thalweg;

/** How a call ended. */
public enum CallOutcome {
    /** The answer came whole and was read to its end. */
    COMPLETE,
    /** Its caller wanted no more of it: closed, cancelled, interrupted or forgotten. */
    CLOSED,
    /** It ended with an exception. */
    FAILED
}
