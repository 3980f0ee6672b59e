package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;

/** Reads the lines of a streamed answer. Only the one that is done ends it: a stream without one was cut. */
final class LineReader implements EventReader {
    private final AnswerReader reader = new AnswerReader();
    private ErrorBody error = ErrorBody.ofText("");

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (!event.hasData() || event.isBlank() || event.isDone()) {
            return Kind.PART;
        }
        ErrorBody reported = reader.read(event.dataArray(), event.dataStart(), event.dataLength(), sink);
        if (reported != null) {
            error = reported;
            return Kind.ERROR;
        }
        return reader.done() ? Kind.END : Kind.PART;
    }

    @Override
    public ErrorBody error() {
        return error;
    }
}
