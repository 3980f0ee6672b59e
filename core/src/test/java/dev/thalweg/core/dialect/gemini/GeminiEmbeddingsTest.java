package dev.thalweg.core.dialect.gemini;

import static dev.thalweg.core.dialect.EmbeddingForms.FULL;
import static dev.thalweg.core.dialect.EmbeddingForms.answer;
import static dev.thalweg.core.dialect.EmbeddingForms.answered;
import static dev.thalweg.core.dialect.EmbeddingForms.has;
import static dev.thalweg.core.dialect.EmbeddingForms.read;
import static dev.thalweg.core.dialect.EmbeddingForms.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's three forms of embeddings. */
class GeminiEmbeddingsTest {
    private static final String FIRST = "{\"model\":\"models/g\",\"content\":{\"parts\":[{\"text\":\"a \\\"é\\\"\"}]},"
            + "\"taskType\":\"RETRIEVAL_QUERY\",\"outputDimensionality\":256}";

    @Test
    void requestsAreWrittenInEachForm() {
        Warnings warnings = new Warnings();
        assertThat(written(GeminiEmbeddings.ONE, FULL.parts(1).get(0), "g", warnings))
                .isEqualTo(FIRST);
        assertThat(written(GeminiEmbeddings.BATCH, FULL, "g", warnings))
                .isEqualTo("{\"requests\":[" + FIRST + "," + FIRST.replace("a \\\"é\\\"", "b") + "]}");
        assertThat(written(GeminiEmbeddings.PREDICT, FULL, "g", warnings))
                .isEqualTo("{\"instances\":[{\"content\":\"a \\\"é\\\"\",\"task_type\":\"RETRIEVAL_QUERY\"},"
                        + "{\"content\":\"b\",\"task_type\":\"RETRIEVAL_QUERY\"}],"
                        + "\"parameters\":{\"outputDimensionality\":256}}");
        assertThat(warnings.all()).hasSize(1).first().asString().contains("'user'");
        EmbeddingRequest bare = EmbeddingRequest.builder("x")
                .input(new EmbeddingInput.Text("a"))
                .extra("autoTruncate", new RawJson("false"))
                .build();
        assertThat(written(GeminiEmbeddings.PREDICT, bare, "g", warnings))
                .isEqualTo("{\"instances\":[{\"content\":\"a\"}],\"parameters\":{\"autoTruncate\":false}}");
    }

    @Test
    void requestsAreReadInBothForms() {
        EmbeddingRequest one = read(
                GeminiEmbeddings.ONE,
                "{\"content\":{\"role\":\"user\",\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},"
                        + "\"task_type\":\"SEMANTIC_SIMILARITY\",\"output_dimensionality\":7,\"title\":\"t\"}");
        assertThat(one.inputs()).containsExactly(new EmbeddingInput.Text("ab"));
        assertThat(one.purpose()).hasValue(EmbeddingPurpose.SIMILARITY);
        assertThat(one.dimensions()).hasValue(7);
        assertThat(one.extra()).containsOnlyKeys("title");
        EmbeddingRequest batch =
                read(GeminiEmbeddings.BATCH, written(GeminiEmbeddings.BATCH, FULL, "g", new Warnings()));
        assertThat(batch.inputs()).isEqualTo(FULL.inputs());
        assertThat(batch.purpose()).isEqualTo(FULL.purpose());
        assertThat(batch.dimensions()).isEqualTo(FULL.dimensions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"requests\":[]}",
                "{\"requests\":{}}",
                "{\"requests\":[{\"content\":{\"parts\":[{\"inlineData\":{}}]}}]}",
                "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"taskType\":\"CLUSTERING\"},"
                        + "{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"taskType\":\"CLASSIFICATION\"}]}"
            })
    void whatCannotBeSaidElsewhereIsRefused(String body) {
        assertThatExceptionOfType(RequestProblem.class).isThrownBy(() -> read(GeminiEmbeddings.BATCH, body));
    }

    @Test
    void answersAreReadInAllForms() {
        has(answer(GeminiEmbeddings.ONE, "{\"embedding\":{\"values\":[0.5,1]}}"), -1, new float[] {0.5f, 1});
        has(
                answer(
                        GeminiEmbeddings.BATCH,
                        "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}],\"usageMetadata\":{\"promptTokenCount\":4}}"),
                4,
                new float[] {1},
                new float[] {2});
        has(
                answer(
                        GeminiEmbeddings.PREDICT,
                        "{\"predictions\":[{\"embeddings\":{\"values\":[1],\"statistics\":{\"token_count\":3}}},"
                                + "{\"embeddings\":{\"statistics\":{\"token_count\":2.0},\"values\":[2]}}]}"),
                5,
                new float[] {1},
                new float[] {2});
        byte[] error = Bytes.utf8("{\"error\":{\"code\":400}}");
        assertThat(GeminiEmbeddings.ONE.readAnswer(error, 0, error.length)).isNull();
    }

    @Test
    void answersAreWrittenInBothForms() {
        assertThat(answered(GeminiEmbeddings.ONE, FULL, new float[] {1}))
                .isEqualTo("{\"embedding\":{\"values\":[1.0]}}");
        assertThat(answered(GeminiEmbeddings.BATCH, FULL, new float[] {1}, new float[] {2}))
                .isEqualTo("{\"embeddings\":[{\"values\":[1.0]},{\"values\":[2.0]}]}");
    }

    @Test
    void theModelIsNamedWhereverItStands() {
        byte[] renamed = GeminiEmbeddings.BATCH.renamed(
                Bytes.utf8("{\"model\":\"a\",\"requests\":[{\"model\":\"models/a\",\"content\":{\"model\":\"a\"}},7]}"),
                "g");
        assertThat(new String(renamed, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"model\":\"models/g\",\"requests\":[{\"model\":\"models/g\",\"content\":{\"model\":\"a\"}},7]}");
    }

    @Test
    void pathsNameTheModelAsOneSegment() {
        assertThat(List.of(
                        GeminiEmbeddings.ONE.path("g"),
                        GeminiEmbeddings.BATCH.path("a/b:c"),
                        GeminiEmbeddings.PREDICT.path("g")))
                .containsExactly("/models/g:embedContent", "/models/a%2Fb%3Ac:batchEmbedContents", "/models/g:predict");
    }
}
