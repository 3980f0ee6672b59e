package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an answer of OpenAI's with embeddings, in whichever encoding they come. For one answer. */
final class EmbeddingReader {
    private record Placed(long index, float[] vector) {}

    private final byte[] array;
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();
    private final List<Placed> vectors = new ArrayList<>();

    EmbeddingReader(byte[] array) {
        this.array = array;
    }

    @Nullable
    EmbeddingResponse read(int offset, int length) {
        cursor.reset(array, offset, length);
        boolean hasData = false;
        Usage usage = null;
        if (cursor.peek() != '{') {
            cursor.skip();
            cursor.finish();
            return null;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("data") && cursor.peek() == '[' && !hasData) {
                hasData = true;
                data();
            } else if (cursor.keyIs("usage")) {
                usage = new UsageReader().read(cursor, array);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        vectors.sort(Comparator.comparingLong(Placed::index));
        return hasData
                ? new EmbeddingResponse(vectors.stream().map(Placed::vector).toList(), usage)
                : null;
    }

    private void data() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            long index = vectors.size();
            float[] vector = null;
            int start = cursor.position();
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("embedding")) {
                    vector = cursor.peek() == '"' ? base64() : Floats.read(cursor, array);
                } else if (cursor.keyIs("index")) {
                    long said = cursor.countOrSkip();
                    index = said < 0 ? index : said;
                } else {
                    cursor.skip();
                }
            }
            if (vector == null) {
                throw new JsonSyntaxException("An embedding without its vector", start);
            }
            vectors.add(new Placed(index, vector));
        }
    }

    private float[] base64() {
        cursor.readText(text);
        return Floats.ofBase64(text);
    }
}
