package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.PathSegment;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gemini's embeddings: of one content, of several, and by Vertex AI's {@code :predict}, which only upstreams have. */
public enum GeminiEmbeddings implements EmbeddingDialect {
    /** {@code :embedContent}. */
    ONE("embedContent"),
    /** {@code :batchEmbedContents}. */
    BATCH("batchEmbedContents"),
    /** {@code :predict}. */
    PREDICT("predict");

    private static final int MOST_IN_BATCH = 100;
    private static final int MOST_INSTANCES = 250;

    private final String action;

    GeminiEmbeddings(String action) {
        this.action = action;
    }

    @Override
    public String dialect() {
        return "gemini";
    }

    @Override
    public EmbeddingDialect fitting(EmbeddingRequest request, Provider provider, String model) {
        if (isVertex(provider)) {
            return model.startsWith("gemini-embedding-2") ? ONE : PREDICT;
        }
        return request.inputs().size() == 1 ? ONE : BATCH;
    }

    @Override
    public boolean relays(Provider provider) {
        return this != PREDICT && !isVertex(provider);
    }

    private static boolean isVertex(Provider provider) {
        return provider.name().startsWith("vertex_ai");
    }

    @Override
    public Set<String> fields() {
        return Set.of("title", "autoTruncate");
    }

    @Override
    public int most(String model) {
        return switch (this) {
            case ONE -> 1;
            case BATCH -> MOST_IN_BATCH;
            case PREDICT -> model.startsWith("gemini-embedding-") ? 1 : MOST_INSTANCES;
        };
    }

    @Override
    public String path(String model) {
        return "/models/" + PathSegment.of(model) + ":" + action;
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings) {
        GeminiEmbeddingWriter writer = new GeminiEmbeddingWriter(request, model, warnings);
        return switch (this) {
            case ONE -> writer.one();
            case BATCH -> writer.batch();
            case PREDICT -> writer.predict();
        };
    }

    @Override
    public boolean namesModelInside() {
        return true;
    }

    @Override
    public byte[] renamed(byte[] body, String model) {
        return GeminiEmbeddingRequest.renamed(body, model);
    }

    @Override
    public @Nullable EmbeddingResponse readAnswer(byte[] array, int offset, int length) {
        return GeminiEmbeddingReader.read(array, offset, length);
    }

    @Override
    public EmbeddingRequest readRequest(byte[] array, int offset, int length, String model) {
        return GeminiEmbeddingRequest.read(array, offset, length, model, this == BATCH);
    }

    @Override
    public byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request) {
        return GeminiEmbeddingWriter.answer(response, this == BATCH);
    }
}
