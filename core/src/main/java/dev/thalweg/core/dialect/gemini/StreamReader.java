package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonSyntaxException;

/**
 * Reads the chunks of a streamed answer. Nothing marks its end but the end of the body after a finish reason; and one may come
 * before the last text, where code ran in between.
 */
final class StreamReader implements EventReader {
    private final ChunkReader chunks = new ChunkReader();
    private ErrorBody error = ErrorBody.ofText("");

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (event.isDone()) {
            return Kind.END; // the marker of OpenAI's streams: some servers add it
        }
        if (event.isBlank()) {
            return Kind.PART;
        }
        try {
            if (chunks.read(event.dataArray(), event.dataStart(), event.dataLength(), sink)) {
                return Kind.PART;
            }
        } catch (JsonSyntaxException e) {
            if (!event.bare()) {
                throw e;
            }
        }
        error = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
        return Kind.ERROR;
    }

    @Override
    public boolean mayLackItsEnd() {
        return true;
    }

    @Override
    public boolean hasMarker() {
        return false;
    }

    @Override
    public ErrorBody error() {
        return error;
    }
}
