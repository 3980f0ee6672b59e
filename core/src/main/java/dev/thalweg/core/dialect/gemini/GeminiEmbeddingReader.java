package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.EmbeddingResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an answer of Google's with embeddings, of whichever of its three forms. For one answer. */
final class GeminiEmbeddingReader {
    private final byte[] array;
    private final JsonCursor cursor;
    private final List<float[]> vectors = new ArrayList<>();
    private boolean isAnswer;
    private long tokens = -1;

    private GeminiEmbeddingReader(byte[] array, JsonCursor cursor) {
        this.array = array;
        this.cursor = cursor;
    }

    static @Nullable EmbeddingResponse read(byte[] array, int offset, int length) {
        JsonCursor cursor = EmbeddingJson.answer(array, offset, length);
        return cursor == null ? null : new GeminiEmbeddingReader(array, cursor).answer();
    }

    private @Nullable EmbeddingResponse answer() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("embedding") && cursor.peek() == '{') {
                isAnswer = true;
                embedding();
            } else if ((cursor.keyIs("embeddings") || cursor.keyIs("predictions")) && cursor.peek() == '[') {
                isAnswer = true;
                cursor.enterArray();
                while (cursor.nextElement()) {
                    embedding();
                }
            } else if (cursor.keyIs("usageMetadata")) {
                count("promptTokenCount");
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        return isAnswer ? new EmbeddingResponse(vectors, EmbeddingJson.used(tokens)) : null;
    }

    /** One with its values, or a prediction around it. */
    private void embedding() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("values")) {
                vectors.add(Floats.read(cursor, array));
            } else if (cursor.keyIs("embeddings") && cursor.peek() == '{') {
                prediction();
            } else {
                cursor.skip();
            }
        }
    }

    private void prediction() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("values")) {
                vectors.add(Floats.read(cursor, array));
            } else if (cursor.keyIs("statistics")) {
                count("token_count");
            } else {
                cursor.skip();
            }
        }
    }

    private void count(String name) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(name)) {
                tokens = Math.max(0, tokens) + Math.max(0, cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }
}
