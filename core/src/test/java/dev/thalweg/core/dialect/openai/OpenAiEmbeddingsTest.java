package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.EmbeddingInput;
import dev.thalweg.model.EmbeddingPurpose;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.model.EmbeddingResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's embeddings, read and written, and as the providers of its protocol spell them. */
class OpenAiEmbeddingsTest {
    private static final OpenAiEmbeddings DIALECT = OpenAiEmbeddings.INSTANCE;

    private static EmbeddingRequest read(String body) {
        byte[] bytes = Bytes.utf8(body);
        return DIALECT.readRequest(bytes, 0, bytes.length, "m");
    }

    private static String written(EmbeddingRequest request, String provider, Warnings warnings) {
        return new String(
                DIALECT.writeRequest(request, Providers.find(provider).orElseThrow(), "x", warnings),
                StandardCharsets.UTF_8);
    }

    @Test
    void aRequestIsReadWhole() {
        EmbeddingRequest request = read("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\","
                + "\"dimensions\":256,\"user\":\"u\",\"input_type\":\"search_query\",\"truncate\":[1],"
                + "\"fallbacks\":[\"x\"],\"null\":null}");
        assertThat(request.inputs()).containsExactly(new EmbeddingInput.Text("a"), new EmbeddingInput.Text("b"));
        assertThat(request.encoding()).isEqualTo(Encoding.BASE64);
        assertThat(request.dimensions()).hasValue(256);
        assertThat(request.endUser()).hasValue("u");
        assertThat(request.purpose()).hasValue(EmbeddingPurpose.QUERY);
        assertThat(request.extra()).containsOnlyKeys("truncate");
    }

    @Test
    void inputsAreTextsOrTokens() {
        assertThat(read("{\"input\":\"a\"}").inputs()).containsExactly(new EmbeddingInput.Text("a"));
        EmbeddingRequest tokens = read("{\"input\":[1,2,30000,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}");
        assertThat(tokens.inputs()).hasSize(1);
        assertThat(((EmbeddingInput.Tokens) tokens.inputs().get(0)).ids())
                .hasSize(17)
                .contains(30000);
        assertThat(read("{\"input\":[[1],[2,3]]}").inputs()).hasSize(2);
        assertThat(written(read("{\"input\":[[1],[2,3]]}"), "openai", new Warnings()))
                .isEqualTo("{\"model\":\"x\",\"input\":[[1],[2,3]],\"encoding_format\":\"float\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"input\":null}",
                "{\"input\":7}",
                "{\"input\":[1,\"a\"]}",
                "{\"input\":[\"a\",1]}",
                "{\"input\":[1.5]}",
                "{\"input\":[-1]}",
                "{\"input\":[[\"a\"]]}",
                "{\"input\":\"a\",\"dimensions\":0}",
                "{\"input\":\"a\",\"dimensions\":\"1\"}",
                "{\"input\":\"a\",\"encoding_format\":\"int8\"}",
                "{\"input\":\"a\",\"encoding_format\":1}",
                "{\"input\":\"a\",\"input_type\":\"image\"}",
                "{\"input\":\"a\""
            })
    void whatIsNoRequestIsRefused(String body) {
        assertThatExceptionOfType(RequestProblem.class).isThrownBy(() -> read(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "openai  | \"encoding_format\":\"float\",\"dimensions\":9,\"user\":\"u\"        | 1",
                "voyage  | \"output_dimension\":9,\"input_type\":\"query\"                      | 1",
                "mistral | \"encoding_format\":\"float\",\"output_dimension\":9                 | 2",
                "jina_ai | \"embedding_type\":\"float\",\"dimensions\":9,\"task\":\"retrieval.query\" | 1"
            })
    void everyProviderIsToldInItsOwnWords(String provider, String said, int warnings) {
        EmbeddingRequest request = EmbeddingRequest.builder("m")
                .input(new EmbeddingInput.Text("a"))
                .dimensions(9)
                .endUser("u")
                .purpose(EmbeddingPurpose.QUERY)
                .build();
        Warnings told = new Warnings();
        assertThat(written(request, provider, told)).isEqualTo("{\"model\":\"x\",\"input\":[\"a\"]," + said + "}");
        assertThat(told.all()).hasSize(warnings);
        assertThat(DIALECT.relays(Providers.find(provider).orElseThrow())).isEqualTo(provider.equals("openai"));
    }

    @Test
    void vectorsComeInTheOrderOfTheirIndices() {
        byte[] answer =
                Bytes.utf8("{\"data\":[{\"index\":1,\"embedding\":[2]},{\"embedding\":\"AACAPw==\",\"index\":0}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
        EmbeddingResponse response = DIALECT.readAnswer(answer, 0, answer.length);
        assertThat(response).isNotNull();
        assertThat(response.vectors()).containsExactly(new float[] {1}, new float[] {2});
        assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(3);
    }

    @Test
    void anAnswerIsWrittenAsOpenAiDoes() {
        AnswerHead head = new AnswerHead("r", "cohere", "alias", 1, false, List.of("w"));
        EmbeddingResponse response = new EmbeddingResponse(List.of(new float[] {1, -0.5f}, new float[] {2}), null);
        byte[] written = DIALECT.writeAnswer(response, head, EmbeddingRequest.of("m", "a", "b"));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"r\",\"object\":\"list\",\"data\":["
                        + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,-0.5]},"
                        + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2.0]}],\"model\":\"alias\","
                        + "\"usage\":{\"prompt_tokens\":0,\"total_tokens\":0},\"thalweg_warnings\":[\"w\"]}");
    }

    @Test
    void recordedAnswersKeepEveryBitFromOneEncodingToTheOther() throws IOException {
        Path directory = Recordings.directory();
        assumeTrue(directory != null && Files.isDirectory(directory.resolve("openai-embeddings")));
        for (String name : List.of("envoy-embeddings-base64.json", "envoy-embeddings-dimensions.json")) {
            byte[] recorded =
                    Files.readAllBytes(directory.resolve("openai-embeddings").resolve(name));
            EmbeddingResponse first = DIALECT.readAnswer(recorded, 0, recorded.length);
            assertThat(first).isNotNull();
            assertThat(first.vectors().get(0)).hasSizeGreaterThan(200);
            assertThat(first.usage()).isPresent();
            byte[] numbers = EmbeddingRelay.of(recorded, 0, recorded.length, "alias", Encoding.FLOAT)
                    .changes()
                    .apply(recorded, 0, recorded.length);
            EmbeddingResponse second = DIALECT.readAnswer(numbers, 0, numbers.length);
            assertThat(second).isNotNull();
            assertThat(second.vectors()).containsExactlyElementsOf(first.vectors());
            byte[] back = EmbeddingRelay.of(numbers, 0, numbers.length, "text-embedding-3-small", Encoding.BASE64)
                    .changes()
                    .apply(numbers, 0, numbers.length);
            assertThat(new String(back, StandardCharsets.UTF_8))
                    .isEqualTo(new String(recorded, StandardCharsets.UTF_8));
        }
    }
}
