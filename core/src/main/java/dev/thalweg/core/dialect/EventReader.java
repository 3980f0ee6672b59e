package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;

/**
 * Reads the events of one streamed answer, one after the other, and tells a sink what is in them; for an upstream of one
 * protocol. Tolerant: unknown events and fields, nulls and padding are passed over. Not thread-safe.
 */
public interface EventReader {
    /** What an event means for its stream. */
    enum Kind {
        /** A part of the answer, or nothing. */
        PART,
        /** The protocol's own end: the answer is complete. */
        END,
        /** The provider reports an error: {@link #error()}. */
        ERROR
    }

    /**
     * Reads an event that has data.
     *
     * @throws dev.thalweg.core.wire.JsonSyntaxException when its data is not JSON of the protocol
     */
    Kind read(EventBlock event, FrameSink sink);

    /**
     * Whether an answer can be complete although its end was never said: OpenAI's, with a finish reason for every choice.
     * Only such a reader is given OpenAI's marker of the end to read, which some servers add to every protocol.
     */
    default boolean mayLackItsEnd() {
        return false;
    }

    /** Whether OpenAI's marker, {@code data: [DONE]}, is this protocol's own, too: else no caller of it gets it. */
    default boolean hasMarker() {
        return true;
    }

    /** What the provider reported with the last event. */
    ErrorBody error();
}
