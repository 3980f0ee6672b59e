package dev.thalweg;

/** How much is said of calls in the log; keys never are. */
public enum Verbosity {
    /** Nothing, unless the logger's level asks for it. */
    OFF,
    /** Who is asked, how it goes and how it ends, without a word of the question or the answer. */
    CALLS,
    /** The same with questions, answers and messages of errors. Not for production: whoever reads the log reads them. */
    CONTENT
}
