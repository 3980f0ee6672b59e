package dev.thalweg.config;

/** What becomes of a deployment that is written correctly and cannot be served here and now. */
public enum Strictness {
    /** It is disabled with a notice, and the others are served. */
    SERVE,
    /** It is a problem. */
    CHECK
}
