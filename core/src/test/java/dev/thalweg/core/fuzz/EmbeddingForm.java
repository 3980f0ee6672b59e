package dev.thalweg.core.fuzz;

import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.bedrock.BedrockEmbeddings;
import dev.thalweg.core.dialect.cohere.CohereEmbeddings;
import dev.thalweg.core.dialect.gemini.GeminiEmbeddings;
import dev.thalweg.core.dialect.ollama.OllamaEmbeddings;
import dev.thalweg.core.dialect.openai.OpenAiEmbeddings;
import java.util.List;

/** The forms of embeddings, a line for each. Their seeds are in {@code src/test/resources/fuzz/embeddings}. */
enum EmbeddingForm {
    OPENAI(OpenAiEmbeddings.INSTANCE, "openai", true),
    GEMINI_ONE(GeminiEmbeddings.ONE, "gemini-one", true),
    GEMINI_BATCH(GeminiEmbeddings.BATCH, "gemini-batch", true),
    GEMINI_PREDICT(GeminiEmbeddings.PREDICT, "gemini-predict", false),
    COHERE(CohereEmbeddings.INSTANCE, "cohere", true),
    OLLAMA(OllamaEmbeddings.EMBED, "ollama", true),
    OLLAMA_OLD(OllamaEmbeddings.ONE, "ollama-old", true),
    BEDROCK(BedrockEmbeddings.INSTANCE, "bedrock", false);

    final EmbeddingDialect dialect;
    final String label;
    final boolean hasCallers;

    EmbeddingForm(EmbeddingDialect dialect, String label, boolean hasCallers) {
        this.dialect = dialect;
        this.label = label;
        this.hasCallers = hasCallers;
    }

    /** Whether an answer may have any number of vectors. */
    boolean many() {
        return this != GEMINI_ONE && this != OLLAMA_OLD;
    }

    List<byte[]> requests() {
        return Seeds.own("embeddings", label + "-request");
    }

    List<byte[]> answers() {
        return Seeds.own("embeddings", label + "-answer");
    }
}
