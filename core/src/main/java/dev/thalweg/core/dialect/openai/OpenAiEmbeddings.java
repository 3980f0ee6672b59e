package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EmbeddingBody;
import dev.thalweg.core.dialect.EmbeddingDialect;
import dev.thalweg.core.dialect.PurposeWord;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's embeddings, which many providers have. Where both sides speak them, {@link EmbeddingRelay} passes answers on as
 * they are.
 */
public final class OpenAiEmbeddings implements EmbeddingDialect {
    /** The only one there need be. */
    public static final OpenAiEmbeddings INSTANCE = new OpenAiEmbeddings();

    private OpenAiEmbeddings() {}

    @Override
    public String dialect() {
        return OpenAiDialect.NAME;
    }

    @Override
    public boolean relays(Provider provider) {
        return EmbeddingSpelling.of(provider).equals(EmbeddingSpelling.OPENAI);
    }

    @Override
    public String path(String model) {
        return "/embeddings";
    }

    @Override
    public byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings) {
        return EmbeddingWriter.request(request, EmbeddingSpelling.of(provider), model, warnings);
    }

    @Override
    public @Nullable EmbeddingResponse readAnswer(byte[] array, int offset, int length) {
        return new EmbeddingReader(array).read(offset, length);
    }

    @Override
    public EmbeddingRequest readRequest(byte[] array, int offset, int length, String model) {
        Body body = new Body(model);
        EmbeddingBody.read(array, offset, length, body, body.request);
        EmbeddingRequest request = body.request.build();
        if (!body.hasInput) {
            throw EmbeddingBody.missing("input");
        }
        return request;
    }

    @Override
    public byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request) {
        return EmbeddingWriter.answer(response, head, request.encoding());
    }

    /** How a caller wants the vectors written, by OpenAI's word for it; null where it is none of OpenAI's. */
    static @Nullable Encoding encoding(String word) {
        return switch (word) {
            case "float" -> Encoding.FLOAT;
            case "base64" -> Encoding.BASE64;
            default -> null;
        };
    }

    private static final class Body implements EmbeddingBody.Members {
        final EmbeddingRequest.Builder request;
        boolean hasInput;

        Body(String model) {
            this.request = EmbeddingRequest.builder(model);
        }

        @Override
        public boolean read(String name, EmbeddingBody body) {
            switch (name) {
                case "model" -> {
                    String unused = body.text(); // It was read by its head.
                }
                case "input" -> {
                    body.inputs(request);
                    hasInput = true;
                }
                case "encoding_format" -> {
                    Encoding encoding = encoding(body.text());
                    if (encoding == null) {
                        throw body.wrongValue("'float' or 'base64'");
                    }
                    request.encoding(encoding);
                }
                case "dimensions" -> request.dimensions(body.count());
                case "user" -> request.endUser(body.text());
                case "input_type" -> {
                    Optional<EmbeddingPurpose> purpose = PurposeWord.read(body.text());
                    request.purpose(purpose.orElseThrow(
                            () -> body.wrongValue("'search_document', 'search_query' or another purpose")));
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
