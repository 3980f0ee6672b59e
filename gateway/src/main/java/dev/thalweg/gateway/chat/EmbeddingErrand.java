package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.dialect.bedrock.BedrockEmbeddings;
import dev.thalweg.core.dialect.cohere.CohereEmbeddings;
import dev.thalweg.core.dialect.gemini.GeminiEmbeddings;
import dev.thalweg.core.dialect.ollama.OllamaEmbeddings;
import dev.thalweg.core.dialect.openai.OpenAiEmbeddings;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Embeddings: passed on where caller and upstream speak one protocol, else read and written anew. */
final class EmbeddingErrand implements Errand {
    /** How an upstream is asked, by the name of the protocol it is asked for chats in. */
    private static final Map<String, EmbeddingDialect> UPSTREAMS = Stream.of(
                    OpenAiEmbeddings.INSTANCE,
                    GeminiEmbeddings.BATCH,
                    CohereEmbeddings.INSTANCE,
                    OllamaEmbeddings.EMBED,
                    BedrockEmbeddings.INSTANCE)
            .collect(Collectors.toUnmodifiableMap(EmbeddingDialect::dialect, Function.identity()));

    private final EmbeddingDialect front;
    private @Nullable EmbeddingRequest meaning;

    /** For a caller of this protocol. */
    EmbeddingErrand(EmbeddingDialect front) {
        this.front = front;
    }

    @Override
    public Question question(Asked asked, Target target, String model) {
        Deployment deployment = target.deployment();
        Provider provider = deployment.provider();
        EmbeddingDialect upstream = upstream(deployment);
        if (upstream.dialect().equals(front.dialect()) && front.relays(provider)) {
            return new RelayedEmbeddings(this, front, asked, target, model);
        }
        EmbeddingRequest request = fitted(meaning(asked), upstream, asked.warnings());
        EmbeddingDialect form = upstream.fitting(request, provider, model);
        return new TranslatedEmbeddings(front, form, request, asked, target, model);
    }

    @Override
    public boolean fits(Deployment deployment) {
        return known(deployment) != null;
    }

    private EmbeddingDialect upstream(Deployment deployment) {
        EmbeddingDialect known = known(deployment);
        if (known == null) {
            throw new RequestProblem(
                    "This model has no embeddings: its provider is asked in '"
                            + deployment.upstream().dialects().get(0)
                            + "', which has none. Ask for an embedding model; where the provider has embeddings beside it, "
                            + "the 'dialects' of its deployment must name their protocol (openai, gemini, cohere, ollama "
                            + "or bedrock).",
                    "model",
                    "embeddings_not_supported");
        }
        return known;
    }

    /** The protocol in which it is asked for embeddings; null: none. */
    private @Nullable EmbeddingDialect known(Deployment deployment) {
        if (deployment.kind() == Deployment.Kind.PROVIDER) {
            if (deployment.upstream().dialects().contains(front.dialect())) {
                return front;
            }
            for (String dialect : deployment.upstream().dialects()) {
                EmbeddingDialect known = UPSTREAMS.get(dialect);
                if (known != null) {
                    return known;
                }
            }
        }
        return null;
    }

    private EmbeddingRequest fitted(EmbeddingRequest request, EmbeddingDialect upstream, Warnings warnings) {
        if (upstream.dialect().equals(front.dialect())) {
            return request;
        }
        Set<String> known = upstream.fields();
        request.extra().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> warnings.dropped(name, upstream.dialect()));
        return request.retaining(known::contains);
    }

    /** What the caller asks for, read once. */
    EmbeddingRequest meaning(Asked asked) {
        EmbeddingRequest read = meaning;
        if (read == null) {
            byte[] array = ByteBufUtil.getBytes(asked.body());
            read = front.readRequest(array, 0, array.length, asked.head().model());
            meaning = read;
        }
        return read;
    }

    /** What inputs cost at a provider that counts nothing, as an estimate. */
    static Usage estimate(EmbeddingRequest request) {
        TokenEstimator tokens = new TokenEstimator();
        for (EmbeddingInput input : request.inputs()) {
            switch (input) {
                case EmbeddingInput.Text text -> tokens.add(JsonText.of(text.text()));
                case EmbeddingInput.Tokens ids -> tokens.addTokens(ids.count());
            }
        }
        return Usage.builder()
                .inputTokens(Math.max(1, tokens.tokens()))
                .outputTokens(0)
                .estimated(true)
                .build();
    }
}
