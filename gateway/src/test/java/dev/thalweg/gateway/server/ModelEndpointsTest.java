package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.JSON;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The models, all and one by one, in the protocol of whoever asks. */
class ModelEndpointsTest {
    private static final Map<String, String> TEAM = Map.of("Authorization", "Bearer sk-canary-team");
    private static final Map<String, String> ANTHROPIC =
            Map.of("x-api-key", "sk-canary-team", "anthropic-version", "2023-06-01");
    private static final Map<String, String> GOOGLE = Map.of("x-goog-api-key", "sk-canary-team");

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "URL", api_key: k}
                  - model_name: vectors
                    params: {model: openai/text-embedding-3-small, api_base: "URL", api_key: k}
                  - model_name: "team/*"
                    params: {model: "ollama/*", api_base: "URL", api_key: k}
                  - model_name: secret
                    params: {model: groq/llama, api_base: "URL", api_key: k}
                router_settings: {model_group_alias: {quick: gpt}}
                general_settings: {master_key: sk-canary-master}
                keys: [{name: team, key: sk-canary-team, models: [gpt, vectors, "team/*", quick]}]
                """.replace("URL", ScriptedUpstream.refusingUrl()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void oneListHasOpenAisMembersAndCoheres() {
        JsonNode list =
                get(gateway, "/v1/models?page_size=20&endpoint=chat", TEAM).json();
        assertThat(list.propertyNames()).containsExactly("object", "data", "models");
        assertThat(texts(list, "data", "id")).containsExactly("gpt", "vectors", "team/*", "quick");
        assertThat(texts(list, "models", "name")).containsExactly("gpt", "vectors", "team/*", "quick");
        assertThat(list.at("/models/0/endpoints")).isEqualTo(JSON.readTree("[\"chat\"]"));
        assertThat(list.at("/models/1/endpoints")).isEqualTo(JSON.readTree("[\"embed\"]"));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt, gpt, openai",
        "quick, quick, openai",
        "team/qwen3:4b, team/qwen3:4b, ollama",
        "team/a/b, team/a/b, ollama",
        "team%2Fqwen3%3A4b, team/qwen3:4b, ollama",
        "team/a+b, team/a+b, ollama"
    })
    void oneModelByItsName(String asked, String name, String provider) {
        for (String path : List.of("/v1/models/", "/models/")) {
            JsonNode model = get(gateway, path + asked, TEAM).json();
            assertThat(model.propertyNames())
                    .containsExactly("id", "object", "created", "owned_by", "name", "endpoints");
            assertThat(model.path("id").asString()).isEqualTo(name);
            assertThat(model.path("name").asString()).isEqualTo(name);
            assertThat(model.path("object").asString()).isEqualTo("model");
            assertThat(model.path("created").asLong()).isPositive();
            assertThat(model.path("owned_by").asString()).isEqualTo(provider);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "secret", "gpt/", "team%zz"})
    void oneModelThatIsNotThereForThisKey(String asked) {
        get(gateway, "/v1/models/" + asked, TEAM)
                .isError(404, "model_not_found")
                .names("model");
    }

    @Test
    void aModelIsOnlyRead() {
        Answer answer = Answers.ask(gateway, Answers.get("/v1/models/gpt").replace("GET", "DELETE"));
        answer.isError(405, "method_not_allowed");
        get(gateway, "/v1/models/gpt", Map.of()).isError(401, "missing_api_key");
    }

    @Test
    void anthropicsClientsAreToldInAnthropicsWords() {
        JsonNode list = get(gateway, "/v1/models?limit=2", ANTHROPIC).json();
        assertThat(list.propertyNames()).containsExactly("data", "has_more", "first_id", "last_id");
        assertThat(texts(list, "data", "id")).containsExactly("gpt", "vectors", "team/*", "quick");
        assertThat(list.path("has_more").asBoolean()).isFalse();
        assertThat(list.path("first_id").asString()).isEqualTo("gpt");
        assertThat(list.path("last_id").asString()).isEqualTo("quick");
        JsonNode one = get(gateway, "/v1/models/team/x", ANTHROPIC).json();
        assertThat(one.propertyNames())
                .containsExactly(
                        "type",
                        "id",
                        "display_name",
                        "created_at",
                        "lifecycle",
                        "deprecated_at",
                        "retires_at",
                        "line",
                        "capabilities",
                        "max_input_tokens",
                        "max_tokens");
        assertThat(one.path("lifecycle").asString()).isEqualTo("active");
        assertThat(one.path("max_input_tokens").isNull()).isTrue();
        assertThat(list.at("/data/0/max_input_tokens").asLong()).isEqualTo(128_000);
        assertThat(list.at("/data/0/max_tokens").asLong()).isEqualTo(16_384);
        assertThat(one.path("type").asString()).isEqualTo("model");
        assertThat(one.path("id").asString()).isEqualTo("team/x");
        assertThat(one.path("display_name").asString()).isEqualTo("team/x");
        assertThat(Instant.parse(one.path("created_at").asString())).isBefore(Instant.now());
        Answer none = get(gateway, "/v1/models/none", ANTHROPIC);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().path("type").asString()).isEqualTo("error");
        assertThat(none.error().path("type").asString()).isEqualTo("not_found_error");
    }

    @Test
    void anEmptyListOfAnthropics() {
        try (TestGateway empty = TestGateway.of("""
                model_list: [{model_name: m, params: {model: openai/gpt-4o, api_base: "URL", api_key: k}}]
                keys: [{name: other, key: sk-canary-team, models: [x]}]
                """.replace("URL", ScriptedUpstream.refusingUrl()))) {
            assertThat(get(empty, "/v1/models", ANTHROPIC).body())
                    .isEqualTo("{\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1beta/models", "/v1/models", "/models"})
    void googlesClientsAreToldInGooglesWords(String path) {
        JsonNode list = get(gateway, path + "?pageSize=10", GOOGLE).json();
        assertThat(list.propertyNames()).containsExactly("models");
        assertThat(texts(list, "models", "name"))
                .containsExactly("models/gpt", "models/vectors", "models/team/*", "models/quick");
        JsonNode one = get(gateway, path + "/gpt", GOOGLE).json();
        assertThat(one).isEqualTo(list.at("/models/0"));
        assertThat(one.path("supportedGenerationMethods").toString()).contains("generateContent", "countTokens");
        assertThat(list.at("/models/1/supportedGenerationMethods").toString())
                .isEqualTo("[\"embedContent\",\"batchEmbedContents\"]");
        assertThat(get(gateway, path + "/none", GOOGLE).error().path("status").asString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void aKeyInTheQueryIsGooglesWay() {
        JsonNode list = get(gateway, "/v1/models?key=sk-canary-team", Map.of()).json();
        assertThat(texts(list, "models", "name")).contains("models/gpt");
        Answer wrong = get(gateway, "/v1/models?key=sk-canary-wrong", Map.of());
        assertThat(wrong.error().path("status").asString()).isEqualTo("UNAUTHENTICATED");
        assertThat(wrong.body()).doesNotContain("canary");
    }

    private static List<String> texts(JsonNode list, String array, String member) {
        return list.path(array)
                .valueStream()
                .map(one -> one.path(member).asString())
                .toList();
    }
}
