package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;

/**
 * A streamed answer on its way from an upstream to a caller: passed on as it came where both speak the same protocol, else
 * translated. An error, an observer's stop, a broken or too large event end it before that event is passed on; what the
 * caller is told then is the driver's business. Not thread-safe.
 */
public interface AnswerStream {
    /** Where a stream stands. */
    enum State {
        /** More is expected. */
        OPEN,
        /** The protocol's own end was passed on; anything after it is ignored. */
        DONE,
        /** The upstream reported an error: {@link #error()}. */
        ERROR,
        /** The observer stopped it. */
        STOPPED,
        /** The upstream sent something that is not of its protocol. */
        BROKEN,
        /** The upstream sent an event larger than allowed. */
        TOO_LARGE
    }

    /** Takes the next read and passes on what is complete in it. */
    State feed(byte[] array, int offset, int length, RelayOutput output);

    /** Takes the end of the body: a last event that lacks its blank line still counts if it is whole. */
    State end(RelayOutput output);

    /**
     * Whether an answer of the upstream's protocol can be complete although its end was never said: OpenAI's, with a finish
     * reason for every choice.
     */
    boolean mayLackItsEnd();

    /** The answer is complete although its end was never said: says it. */
    void complete(RelayOutput output);

    /** Where it stands. */
    State state();

    /** What the upstream reported, in state {@code ERROR}. */
    ErrorBody error();

    /** How many events with data it has seen: none means that nothing is known of this answer yet. */
    int frames();

    /** How many events with data it has passed on as they came; 0 where it writes its own. */
    default int passed() {
        return 0;
    }

    /** The id of the answer that is passed on; empty where none was said, and where it writes its own. */
    default String id() {
        return "";
    }

    /** How many events it has seen, comments included. */
    int blocks();

    /** Whether a part of an event was passed on whose rest is still to come. */
    boolean insideEvent();

    /** Whether the body ended inside an event, so that nobody knows what it would have said. */
    boolean torn();

    /** Gives back what it holds. */
    void close();
}
