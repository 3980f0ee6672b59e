package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer: one object, or the array of chunks that a stream is where nobody asks for server-sent events. */
final class AnswerReader {
    private final ChunkReader chunks = new ChunkReader();
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonValue element = new JsonValue();

    /** Reads a body; what it reports instead of an answer, null for an answer. */
    @Nullable
    ErrorBody read(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        boolean answer = true;
        if (cursor.peek() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                cursor.skip(element);
                answer &= chunks.read(array, element.start(), element.end() - element.start(), sink);
            }
            cursor.finish();
        } else {
            answer = chunks.read(array, offset, length, sink);
        }
        return answer ? null : ErrorReader.read(array, offset, length);
    }
}
