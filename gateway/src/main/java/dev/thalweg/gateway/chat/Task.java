package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.cohere.CohereEmbeddings;
import dev.thalweg.core.dialect.gemini.GeminiEmbeddings;
import dev.thalweg.core.dialect.ollama.OllamaEmbeddings;
import dev.thalweg.core.dialect.openai.OpenAiEmbeddings;
import dev.thalweg.core.dialect.openai.RequestShape;
import java.util.Arrays;
import java.util.function.Supplier;

/** What callers ask of models that is no chat, each in one protocol. */
public enum Task {
    /** OpenAI's embeddings. */
    EMBEDDINGS(OpenAiEmbeddings.INSTANCE, RequestShape.whole("input")),
    /** Gemini's embedding of one content. */
    EMBED_CONTENT(GeminiEmbeddings.ONE, RequestShape.whole("content")),
    /** Gemini's embeddings of several contents. */
    BATCH_EMBED_CONTENTS(GeminiEmbeddings.BATCH, RequestShape.whole("requests")),
    /** Cohere's embeddings: of texts or of images, so that only the model must be there. */
    COHERE_EMBED(CohereEmbeddings.INSTANCE, RequestShape.whole("model")),
    /** Ollama's embeddings. */
    OLLAMA_EMBED(OllamaEmbeddings.EMBED, RequestShape.whole("input")),
    /** Ollama's embedding of one text, from before it had the others. */
    OLLAMA_EMBEDDINGS(OllamaEmbeddings.ONE, RequestShape.whole("prompt")),
    /** Anthropic's count of a prompt's tokens. */
    COUNT_TOKENS(Front.MESSAGES, RequestShape.whole("messages"), TokenCount::new),
    /** Cohere's ranking of documents. */
    RERANK(front("cohere"), RequestShape.whole("documents"), Rerank::new);

    private final Front front;
    private final RequestShape shape;
    private final Supplier<Errand> errands;

    Task(EmbeddingDialect dialect, RequestShape shape) {
        this(front(dialect.dialect()), shape, () -> new EmbeddingErrand(dialect));
    }

    Task(Front front, RequestShape shape, Supplier<Errand> errands) {
        this.front = front;
        this.shape = shape;
        this.errands = errands;
    }

    /** The chat's protocol of this name, or OpenAI's: callers are told of errors in it. */
    private static Front front(String dialect) {
        return Arrays.stream(Front.values())
                .filter(front -> front.dialect().name().equals(dialect))
                .findFirst()
                .orElse(Front.CHAT);
    }

    /** The protocol in which its callers are told of mistakes. */
    public Front front() {
        return front;
    }

    /** What a request must have. */
    public RequestShape shape() {
        return shape;
    }

    /** A new request of this kind. */
    public Errand errand() {
        return errands.get();
    }
}
