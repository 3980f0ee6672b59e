package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonSyntaxException;

/** Reads the events of a stream of chunks, by the rules of {@link Relay}. Not thread-safe. */
final class ChunkReader implements EventReader {
    private final ResponseReader reader;
    private ErrorBody error = ErrorBody.ofText("");
    private boolean choiceSeen;

    /** A reader of chunks, each of which this one reads. */
    ChunkReader(ResponseReader reader) {
        this.reader = reader;
    }

    /** A stream that ends without any choice, and a page that is no event, are not of this protocol. */
    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        byte[] data = event.dataArray();
        int start = event.dataStart();
        int end = start + event.dataLength();
        if (event.isDone()) {
            return choiceSeen ? Kind.END : notAChunk();
        }
        if (Bytes.skipBlank(data, start, end) == end) {
            return Kind.PART;
        }
        if (event.nameIs("error") || (event.bare() && data[start] == '[')) {
            // An array that is no event: Google wraps its errors so.
            return fail(event);
        }
        reader.read(data, start, end - start, sink);
        choiceSeen |= reader.choices() > 0;
        if (reader.isError()) {
            return fail(event);
        }
        return event.bare() ? notAChunk() : Kind.PART;
    }

    @Override
    public boolean mayLackItsEnd() {
        return true;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    private Kind fail(EventBlock event) {
        error = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
        return Kind.ERROR;
    }

    private static Kind notAChunk() {
        throw new JsonSyntaxException("No chunk of a chat completion", 0);
    }
}
