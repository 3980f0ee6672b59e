package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bodies with embeddings have in common, whatever protocol they are of. */
public final class EmbeddingJson {
    private EmbeddingJson() {}

    /** Appends a comma and a member's name. */
    public static ByteBuilder field(ByteBuilder out, String name) {
        return out.ascii(",").string(name).ascii(":");
    }

    /** Appends the fields of a request that have no word of their own. */
    public static void extra(ByteBuilder out, EmbeddingRequest request) {
        request.extra().forEach((name, value) -> field(out, name).append(Bytes.utf8(value.text())));
    }

    /** Appends an array of strings. */
    public static void strings(ByteBuilder out, List<String> texts) {
        out.ascii("[");
        for (int i = 0; i < texts.size(); i++) {
            out.ascii(i == 0 ? "" : ",").string(texts.get(i));
        }
        out.ascii("]");
    }

    /** Appends an array of vectors. */
    public static void vectors(ByteBuilder out, List<float[]> vectors, Encoding encoding) {
        out.ascii("[");
        for (int i = 0; i < vectors.size(); i++) {
            out.ascii(i == 0 ? "" : ",");
            if (encoding == Encoding.BASE64) {
                Floats.writeBase64(out, vectors.get(i));
            } else {
                Floats.write(out, vectors.get(i));
            }
        }
        out.ascii("]");
    }

    /** Appends what could not be said, where there is any such thing. */
    public static void warnings(ByteBuilder out, AnswerHead head) {
        if (!head.warnings().isEmpty()) {
            strings(field(out, "thalweg_warnings"), head.warnings());
        }
    }

    /** The array of vectors ahead; null where something else is, which is stepped over. */
    public static @Nullable List<float[]> readVectors(JsonCursor cursor, byte[] array) {
        if (cursor.peek() != '[') {
            cursor.skip();
            return null;
        }
        List<float[]> vectors = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            vectors.add(Floats.read(cursor, array));
        }
        return vectors;
    }

    /** A cursor at the first byte of an answer; null where that is no object. */
    public static @Nullable JsonCursor answer(byte[] array, int offset, int length) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(array, offset, length);
        if (cursor.peek() == '{') {
            return cursor;
        }
        cursor.skip();
        cursor.finish();
        return null;
    }

    /** So many tokens of input; null for a number below 0. */
    public static @Nullable Usage used(long inputTokens) {
        return inputTokens < 0
                ? null
                : Usage.builder().inputTokens(inputTokens).outputTokens(0).build();
    }

    /** How many tokens of input are to be told of; 0 where nobody knows. */
    public static long told(@Nullable Usage usage) {
        return usage == null ? 0 : usage.inputTokens();
    }

    /** Leaves out what this protocol has no word for. */
    public static void drops(EmbeddingRequest request, String dialect, boolean dimensions, Warnings warnings) {
        if (request.endUser().isPresent()) {
            warnings.dropped("user", dialect);
        }
        if (dimensions && request.dimensions().isPresent()) {
            warnings.dropped("dimensions", dialect);
        }
    }
}
