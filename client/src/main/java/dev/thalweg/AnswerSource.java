package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link ChatStream} gets its chunks from. It ends once: with null for a whole answer, or with an exception. Read
 * by one thread at a time; {@link #abort}, {@link #aborted} and {@link #answer} are for any thread.
 */
interface AnswerSource {
    /** The next chunk, or null at the end of a whole answer. Not to be called again after an end. */
    @Nullable
    ChatChunk next();

    /** The answer so far. */
    Answer answer();

    /** Ends it and wakes the reader. Returns at once. */
    void abort();

    /** From now on an answer that breaks is not asked for again. */
    default void neverRestart() {}

    /** Whether {@link #abort} was called, or the source has failed. */
    boolean aborted();

    /** Gives back what is held. For the thread that reads, or when nobody does. */
    void release();
}
