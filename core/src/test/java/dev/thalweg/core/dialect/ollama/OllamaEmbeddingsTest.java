package dev.thalweg.core.dialect.ollama;

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
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingRequest;
import org.junit.jupiter.api.Test;

/** Ollama's embeddings, new and old. */
class OllamaEmbeddingsTest {
    @Test
    void aRequestIsWrittenInTheNewForm() {
        Warnings warnings = new Warnings();
        assertThat(written(OllamaEmbeddings.EMBED, FULL, "e", warnings))
                .isEqualTo("{\"model\":\"e\",\"input\":[\"a \\\"é\\\"\",\"b\"],\"dimensions\":256}");
        assertThat(warnings.all()).hasSize(2);
    }

    @Test
    void requestsAreReadInBothForms() {
        EmbeddingRequest many = read(
                OllamaEmbeddings.EMBED, "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"truncate\":true,\"dimensions\":3}");
        assertThat(many.inputs()).hasSize(2);
        assertThat(many.dimensions()).hasValue(3);
        assertThat(many.extra()).containsOnlyKeys("truncate");
        assertThat(read(OllamaEmbeddings.ONE, "{\"model\":\"m\",\"prompt\":\"a\",\"options\":{}}")
                        .inputs())
                .containsExactly(new EmbeddingInput.Text("a"));
        assertThatExceptionOfType(RequestProblem.class).isThrownBy(() -> read(OllamaEmbeddings.ONE, "{}"));
        assertThatExceptionOfType(RequestProblem.class)
                .isThrownBy(() -> read(OllamaEmbeddings.ONE, "{\"prompt\":[\"a\"]}"));
    }

    @Test
    void answersAreReadInBothForms() {
        has(
                answer(OllamaEmbeddings.EMBED, "{\"model\":\"m\",\"embeddings\":[[1],[2]],\"prompt_eval_count\":8}"),
                8,
                new float[] {1},
                new float[] {2});
        has(answer(OllamaEmbeddings.ONE, "{\"embedding\":[0.5]}"), -1, new float[] {0.5f});
    }

    @Test
    void answersAreWrittenInBothForms() {
        assertThat(answered(OllamaEmbeddings.EMBED, FULL, new float[] {1}, new float[] {2}))
                .isEqualTo("{\"model\":\"alias\",\"embeddings\":[[1.0],[2.0]],\"total_duration\":0,\"load_duration\":0,"
                        + "\"prompt_eval_count\":5}");
        assertThat(answered(OllamaEmbeddings.ONE, FULL, new float[] {1})).isEqualTo("{\"embedding\":[1.0]}");
    }
}
