package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.PurposeWord;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import org.jspecify.annotations.Nullable;

/** Reads a request for embeddings as Google spells it, in either of its cases. For one request. */
final class GeminiEmbeddingRequest {
    private final EmbeddingRequest.Builder request;
    private @Nullable StringBuilder text;
    private @Nullable EmbeddingPurpose purpose;
    private int dimensions;

    private GeminiEmbeddingRequest(String model) {
        this.request = EmbeddingRequest.builder(model);
    }

    static EmbeddingRequest read(byte[] array, int offset, int length, String model, boolean batch) {
        GeminiEmbeddingRequest read = new GeminiEmbeddingRequest(model);
        EmbeddingBody.read(array, offset, length, batch ? read::batch : read::one, read.request);
        read.ended();
        EmbeddingRequest request = read.request.build();
        if (request.inputs().isEmpty()) {
            throw EmbeddingBody.missing(batch ? "requests" : "content");
        }
        return request;
    }

    private boolean batch(String name, EmbeddingBody body) {
        if (!name.equals("requests")) {
            return name.equals("model") && said(body);
        }
        body.objects(this::ended, this::one);
        return true;
    }

    private boolean one(String name, EmbeddingBody body) {
        switch (name) {
            case "model" -> {
                return said(body);
            }
            case "content" -> body.object(this::content);
            case "taskType", "task_type" -> {
                EmbeddingPurpose said = purpose(body);
                if (purpose != null && said != purpose) {
                    throw body.wrongValue("the same in all requests before a provider of another protocol");
                } else if (said != null) {
                    purpose = said;
                    request.purpose(said);
                }
            }
            case "outputDimensionality", "output_dimensionality" -> {
                int said = body.count();
                if (dimensions != 0 && said != dimensions) {
                    throw body.wrongValue("the same in all requests before a provider of another protocol");
                }
                dimensions = said;
                request.dimensions(said);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable EmbeddingPurpose purpose(EmbeddingBody body) {
        String word = body.text();
        return word.endsWith("UNSPECIFIED")
                ? null
                : PurposeWord.read(word).orElseThrow(() -> body.wrongValue("one of Google's task types"));
    }

    private static boolean said(EmbeddingBody body) {
        String unused = body.text(); // The path has said it.
        return true;
    }

    private boolean content(String name, EmbeddingBody body) {
        if (!name.equals("parts")) {
            return false;
        }
        StringBuilder all = new StringBuilder();
        text = all;
        body.objects(() -> {}, (part, value) -> {
            if (!part.equals("text")) {
                throw value.wrongValue("left out, and 'text' given, before a provider of another protocol");
            }
            all.append(value.text());
            return true;
        });
        return true;
    }

    /** What was read of a content is an input. */
    private void ended() {
        if (text != null) {
            request.input(new EmbeddingInput.Text(text.toString()));
            text = null;
        }
    }

    /** The body with the model's name in each of its requests. It was read before: it is valid. */
    static byte[] renamed(byte[] body, String model) {
        byte[] name =
                new ByteBuilder(model.length() + 16).string("models/" + model).toBytes();
        Splices changes = new Splices();
        JsonCursor cursor = new JsonCursor(Integer.MAX_VALUE, false).reset(body, 0, body.length);
        rename(cursor, name, changes);
        return changes.apply(body, 0, body.length);
    }

    private static void rename(JsonCursor cursor, byte[] name, Splices changes) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("model") && cursor.peek() == '"') {
                int start = cursor.position();
                cursor.skip();
                changes.replace(start, cursor.position(), name);
            } else if (cursor.keyIs("requests") && cursor.peek() == '[') {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    rename(cursor, name, changes);
                }
            } else {
                cursor.skip();
            }
        }
    }
}
