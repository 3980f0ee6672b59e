package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.dialect.PathSegment;
import dev.thalweg.core.dialect.PurposeWord;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings by Bedrock's InvokeModel, whose bodies are each model's own: Amazon's Titan, one text at a time, and Cohere's.
 * Towards upstreams only.
 */
public final class BedrockEmbeddings implements EmbeddingDialect {
    /** The only one there need be. */
    public static final BedrockEmbeddings INSTANCE = new BedrockEmbeddings();

    private static final int MOST_OF_COHERE = 96;

    /** Their vectors have one length, and a request that says another is refused. */
    private static final Pattern OF_ONE_LENGTH =
            Pattern.compile("titan-embed-(?:text-v1|g1)|cohere\\.embed-(?:english|multilingual)-v3");

    private BedrockEmbeddings() {}

    @Override
    public String dialect() {
        return "bedrock";
    }

    @Override
    public Set<String> fields() {
        return Set.of("normalize", "truncate");
    }

    @Override
    public int most(String model) {
        return isCohere(model) ? MOST_OF_COHERE : 1;
    }

    @Override
    public String path(String model) {
        return "/model/" + PathSegment.of(model) + "/invoke";
    }

    private static boolean isCohere(String model) {
        return model.contains("cohere.");
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings) {
        boolean cohere = isCohere(model);
        boolean fixed = OF_ONE_LENGTH.matcher(model).find();
        EmbeddingJson.drops(request, "this model", fixed, warnings);
        List<String> texts = EmbeddingBody.texts(request, "this model");
        ByteBuilder out = new ByteBuilder(1024);
        if (cohere) {
            EmbeddingPurpose purpose = request.purpose().orElse(EmbeddingPurpose.DOCUMENT);
            EmbeddingJson.strings(out.ascii("{\"texts\":"), texts);
            EmbeddingJson.field(out, "input_type").string(PurposeWord.cohere(purpose));
            EmbeddingJson.field(out, "embedding_types").ascii("[\"float\"]");
        } else {
            out.ascii("{\"inputText\":").string(texts.isEmpty() ? "" : texts.get(0));
            if (request.purpose().isPresent()) {
                warnings.dropped("input_type", "this model");
            }
        }
        if (request.dimensions().isPresent() && !fixed) {
            EmbeddingJson.field(out, cohere ? "output_dimension" : "dimensions")
                    .number(request.dimensions().getAsInt());
        }
        EmbeddingJson.extra(out, request);
        return out.ascii("}").toBytes();
    }

    @Override
    public @Nullable EmbeddingResponse readAnswer(byte[] array, int offset, int length) {
        JsonCursor cursor = EmbeddingJson.answer(array, offset, length);
        if (cursor == null) {
            return null;
        }
        List<float[]> vectors = null;
        Usage usage = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("embedding") && cursor.peek() == '[') {
                vectors = List.of(Floats.read(cursor, array));
            } else if (cursor.keyIs("embeddings") || (vectors == null && cursor.keyIs("embeddingsByType"))) {
                vectors = byType(cursor, array);
            } else if (cursor.keyIs("inputTextTokenCount")) {
                usage = EmbeddingJson.used(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        return vectors == null ? null : new EmbeddingResponse(vectors, usage);
    }

    /** A list of vectors (Cohere), an object with one (Cohere), or an object with one vector (Titan). */
    private static @Nullable List<float[]> byType(JsonCursor cursor, byte[] array) {
        if (cursor.peek() != '{') {
            return EmbeddingJson.readVectors(cursor, array);
        }
        List<float[]> vectors = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("float") && cursor.peek() == '[') {
                vectors = oneOrMany(cursor, array);
            } else {
                cursor.skip();
            }
        }
        return vectors;
    }

    private static List<float[]> oneOrMany(JsonCursor cursor, byte[] array) {
        int start = cursor.position();
        JsonCursor ahead = new JsonCursor(2, false).reset(array, start, array.length - start);
        ahead.enterArray();
        boolean many = ahead.nextElement() && ahead.peek() == '[';
        List<float[]> vectors = new ArrayList<>();
        if (!many) {
            vectors.add(Floats.read(cursor, array));
            return vectors;
        }
        cursor.enterArray();
        while (cursor.nextElement()) {
            vectors.add(Floats.read(cursor, array));
        }
        return vectors;
    }

    @Override
    public EmbeddingRequest readRequest(byte[] array, int offset, int length, String model) {
        throw new RequestProblem("There are no callers of InvokeModel here.", null, "invalid_json");
    }

    @Override
    public byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request) {
        throw new IllegalStateException("there are no callers of InvokeModel");
    }
}
