package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an answer of Cohere's with embeddings: by type, as version 2 has them, or the bare list of version 1. */
final class CohereEmbeddingReader {
    private final byte[] array;
    private final JsonCursor cursor;
    private final JsonText text = new JsonText();
    private @Nullable List<float[]> vectors;
    private @Nullable Usage usage;

    private CohereEmbeddingReader(byte[] array, JsonCursor cursor) {
        this.array = array;
        this.cursor = cursor;
    }

    static @Nullable EmbeddingResponse read(byte[] array, int offset, int length) {
        JsonCursor cursor = EmbeddingJson.answer(array, offset, length);
        return cursor == null ? null : new CohereEmbeddingReader(array, cursor).answer();
    }

    private @Nullable EmbeddingResponse answer() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("embeddings")) {
                embeddings();
            } else if (cursor.keyIs("meta") && cursor.peek() == '{') {
                meta();
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        return vectors == null ? null : new EmbeddingResponse(vectors, usage);
    }

    private void embeddings() {
        if (cursor.peek() != '{') {
            vectors = EmbeddingJson.readVectors(cursor, array);
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("float") || (vectors == null && typeOfNumbers())) {
                vectors = EmbeddingJson.readVectors(cursor, array);
            } else if (cursor.keyIs("base64") && vectors == null && cursor.peek() == '[') {
                vectors = base64();
            } else {
                cursor.skip();
            }
        }
    }

    /** Numbers of fewer bits are vectors, too, for a caller who asked for them. */
    private boolean typeOfNumbers() {
        return cursor.keyIs("int8") || cursor.keyIs("uint8") || cursor.keyIs("binary") || cursor.keyIs("ubinary");
    }

    private List<float[]> base64() {
        List<float[]> read = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            cursor.readText(text);
            read.add(Floats.ofBase64(text));
        }
        return read;
    }

    private void meta() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean units = cursor.keyIs("billed_units") || (usage == null && cursor.keyIs("tokens"));
            if (!units || cursor.peek() != '{') {
                cursor.skip();
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("input_tokens")) {
                    usage = EmbeddingJson.used(cursor.countOrSkip());
                } else {
                    cursor.skip();
                }
            }
        }
    }
}
