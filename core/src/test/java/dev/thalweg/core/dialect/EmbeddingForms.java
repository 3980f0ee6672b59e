package dev.thalweg.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the tests of embeddings have in common, protocol by protocol. */
public final class EmbeddingForms {
    public static final Provider PROVIDER = Providers.all().get(0);

    /** A request that says all there is to say. */
    public static final EmbeddingRequest FULL = EmbeddingRequest.builder("alias")
            .input(new EmbeddingInput.Text("a \"é\""))
            .input(new EmbeddingInput.Text("b"))
            .dimensions(256)
            .purpose(EmbeddingPurpose.QUERY)
            .endUser("u")
            .build();

    private EmbeddingForms() {}

    public static EmbeddingRequest read(EmbeddingDialect dialect, String body) {
        byte[] bytes = Bytes.utf8(body);
        return dialect.readRequest(bytes, 0, bytes.length, "alias");
    }

    public static String written(EmbeddingDialect dialect, EmbeddingRequest request, String model, Warnings warnings) {
        return new String(dialect.writeRequest(request, PROVIDER, model, warnings), StandardCharsets.UTF_8);
    }

    public static EmbeddingResponse answer(EmbeddingDialect dialect, String body) {
        byte[] bytes = Bytes.utf8(body);
        return Objects.requireNonNull(dialect.readAnswer(bytes, 0, bytes.length), "an answer");
    }

    public static String answered(EmbeddingDialect dialect, EmbeddingRequest request, float[]... vectors) {
        AnswerHead head = new AnswerHead("r1", "u", "alias", 1, false, List.of());
        EmbeddingResponse response = new EmbeddingResponse(List.of(vectors), EmbeddingJson.used(5));
        return new String(dialect.writeAnswer(response, head, request), StandardCharsets.UTF_8);
    }

    /** What an answer has: so many tokens, and these vectors. */
    public static void has(EmbeddingResponse response, long tokens, float[]... vectors) {
        assertThat(response.vectors()).containsExactly(vectors);
        assertThat(response.usage().map(usage -> usage.inputTokens()).orElse(-1L))
                .isEqualTo(tokens);
    }
}
