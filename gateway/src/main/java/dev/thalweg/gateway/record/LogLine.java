package dev.thalweg.gateway.record;

import dev.thalweg.core.wire.ByteBuilder;

/** A line of the log. */
interface LogLine {
    /** Appends it, as one line of JSON. */
    void write(ByteBuilder json);

    /** Whether it is a row of the request record, too. */
    boolean isRow();
}
