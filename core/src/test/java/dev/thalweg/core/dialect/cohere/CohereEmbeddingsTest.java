package dev.thalweg.core.dialect.cohere;

import static dev.thalweg.core.dialect.EmbeddingForms.FULL;
import static dev.thalweg.core.dialect.EmbeddingForms.answer;
import static dev.thalweg.core.dialect.EmbeddingForms.answered;
import static dev.thalweg.core.dialect.EmbeddingForms.has;
import static dev.thalweg.core.dialect.EmbeddingForms.read;
import static dev.thalweg.core.dialect.EmbeddingForms.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cohere's embeddings. */
class CohereEmbeddingsTest {
    private static final CohereEmbeddings DIALECT = CohereEmbeddings.INSTANCE;

    @Test
    void aRequestIsWrittenWithAllThatCohereAsksFor() {
        Warnings warnings = new Warnings();
        assertThat(written(DIALECT, FULL, "embed-v4.0", warnings))
                .isEqualTo(
                        "{\"model\":\"embed-v4.0\",\"texts\":[\"a \\\"é\\\"\",\"b\"],\"input_type\":\"search_query\","
                                + "\"embedding_types\":[\"float\"],\"output_dimension\":256}");
        assertThat(warnings.all()).hasSize(1).first().asString().contains("'user'");
        assertThat(written(DIALECT, EmbeddingRequest.of("x", "a"), "e", warnings))
                .contains("\"input_type\":\"search_document\"");
        EmbeddingRequest tokens = EmbeddingRequest.builder("x")
                .input(new EmbeddingInput.Tokens(1, 2))
                .build();
        assertThatExceptionOfType(RequestProblem.class)
                .isThrownBy(() -> written(DIALECT, tokens, "e", warnings))
                .withMessageContaining("tokens");
    }

    @Test
    void aRequestIsRead() {
        EmbeddingRequest request = read(
                DIALECT,
                "{\"model\":\"m\",\"texts\":[\"a\"],\"input_type\":\"classification\",\"embedding_types\":[\"base64\"],"
                        + "\"output_dimension\":9,\"truncate\":\"END\",\"images\":null}");
        assertThat(request.inputs()).containsExactly(new EmbeddingInput.Text("a"));
        assertThat(request.purpose()).hasValue(EmbeddingPurpose.CLASSIFICATION);
        assertThat(request.encoding()).isEqualTo(Encoding.BASE64);
        assertThat(request.dimensions()).hasValue(9);
        assertThat(request.extra()).containsOnlyKeys("truncate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"texts\":[]}",
                "{\"texts\":\"a\"}",
                "{\"images\":[\"data:\"]}",
                "{\"texts\":[\"a\"],\"input_type\":\"image\"}",
                "{\"texts\":[\"a\"],\"embedding_types\":[\"int8\"]}",
                "{\"texts\":[\"a\"],\"embedding_types\":[\"float\",\"base64\"]}"
            })
    void whatOnlyCohereCanDoIsRefusedElsewhere(String body) {
        assertThatExceptionOfType(RequestProblem.class).isThrownBy(() -> read(DIALECT, body));
    }

    @Test
    void answersAreReadInEveryForm() {
        has(
                answer(
                        DIALECT,
                        "{\"id\":\"x\",\"embeddings\":{\"int8\":[[1]],\"float\":[[0.5],[2]]},"
                                + "\"meta\":{\"billed_units\":{\"input_tokens\":3}}}"),
                3,
                new float[] {0.5f},
                new float[] {2});
        has(answer(DIALECT, "{\"embeddings\":{\"base64\":[\"AACAPw==\"]}}"), -1, new float[] {1});
        has(answer(DIALECT, "{\"embeddings\":[[1,2]],\"meta\":null}"), -1, new float[] {1, 2});
    }

    @Test
    void anAnswerIsWrittenByType() {
        assertThat(answered(DIALECT, EmbeddingRequest.of("m", "a"), new float[] {1}))
                .isEqualTo(
                        "{\"id\":\"r1\",\"embeddings\":{\"float\":[[1.0]]},\"texts\":[\"a\"],\"meta\":{\"api_version\":"
                                + "{\"version\":\"2\"},\"billed_units\":{\"input_tokens\":5}},"
                                + "\"response_type\":\"embeddings_by_type\"}");
    }

    @Test
    void aRecordedAnswerIsRead() throws IOException {
        Path directory = Recordings.directory();
        assumeTrue(directory != null && Files.isDirectory(directory.resolve("cohere")));
        byte[] recorded = Files.readAllBytes(directory.resolve("cohere/rig-embeddings.embed_image_smoke.json"));
        assertThat(DIALECT.readAnswer(recorded, 0, recorded.length).vectors().get(0))
                .hasSizeGreaterThan(500)
                .startsWith(-0.020843506f, -0.023986816f);
        byte[] error = Files.readAllBytes(directory.resolve("cohere/error_404_embed.json"));
        assertThat(DIALECT.readAnswer(error, 0, error.length)).isNull();
    }
}
