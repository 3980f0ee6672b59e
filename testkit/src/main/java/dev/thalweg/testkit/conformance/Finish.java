package dev.thalweg.testkit.conformance;

/** Why an answer ended. */
public enum Finish {
    /** The model was done. */
    STOP,
    /** The limit of tokens. */
    LENGTH,
    /** Tools have to be called. */
    TOOL_CALLS,
    /** The provider's filter, or the model would not. */
    CONTENT_FILTER
}
