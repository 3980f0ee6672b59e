package dev.thalweg.core.dialect.bedrock;

import static dev.thalweg.core.dialect.EmbeddingForms.FULL;
import static dev.thalweg.core.dialect.EmbeddingForms.answer;
import static dev.thalweg.core.dialect.EmbeddingForms.has;
import static dev.thalweg.core.dialect.EmbeddingForms.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.Warnings;
import org.junit.jupiter.api.Test;

/** The bodies of Bedrock's embedding models. */
class BedrockEmbeddingsTest {
    private static final BedrockEmbeddings DIALECT = BedrockEmbeddings.INSTANCE;
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    @Test
    void everyModelIsAskedInItsOwnWords() {
        Warnings warnings = new Warnings();
        assertThat(DIALECT.most(TITAN)).isEqualTo(1);
        assertThat(written(DIALECT, FULL.parts(1).get(0), TITAN, warnings))
                .isEqualTo("{\"inputText\":\"a \\\"é\\\"\",\"dimensions\":256}");
        assertThat(warnings.all()).hasSize(2);
        assertThat(written(DIALECT, FULL.parts(1).get(1), "amazon.titan-embed-text-v1", warnings))
                .isEqualTo("{\"inputText\":\"b\"}");
        assertThat(warnings.all()).hasSize(3);
        assertThat(written(DIALECT, FULL, "us.cohere.embed-v4:0", warnings))
                .isEqualTo("{\"texts\":[\"a \\\"é\\\"\",\"b\"],\"input_type\":\"search_query\","
                        + "\"embedding_types\":[\"float\"],\"output_dimension\":256}");
        assertThat(written(DIALECT, FULL, "cohere.embed-english-v3", warnings))
                .isEqualTo("{\"texts\":[\"a \\\"é\\\"\",\"b\"],\"input_type\":\"search_query\","
                        + "\"embedding_types\":[\"float\"]}");
    }

    @Test
    void everyModelsAnswerIsRead() {
        has(
                answer(
                        DIALECT,
                        "{\"embedding\":[1,2],\"embeddingsByType\":{\"float\":[1,2]},\"inputTextTokenCount\":3}"),
                3,
                new float[] {1, 2});
        has(answer(DIALECT, "{\"embeddingsByType\":{\"float\":[1,2]}}"), -1, new float[] {1, 2});
        has(
                answer(DIALECT, "{\"embeddings\":{\"float\":[[1],[2]]},\"texts\":[\"a\",\"b\"]}"),
                -1,
                new float[] {1},
                new float[] {2});
        has(answer(DIALECT, "{\"embeddings\":[[1],[2]]}"), -1, new float[] {1}, new float[] {2});
    }

    @Test
    void thePathNamesTheModelAsOneSegment() {
        assertThat(DIALECT.path(TITAN)).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
        assertThat(DIALECT.path("arn:aws:bedrock:x/y")).isEqualTo("/model/arn%3Aaws%3Abedrock%3Ax%2Fy/invoke");
    }
}
