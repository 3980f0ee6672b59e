package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Embeddings between callers and providers of OpenAI's protocol, and what they share with chats. */
class EmbeddingsTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final float[] VECTOR = {0.1f, -0.0f, 1.17549435E-38f, -3.4028235E38f, 1.0E-45f, 0.33333334f};
    private static final String NUMBERS = "[0.1,-0.0,1.1754944E-38,-3.4028235E38,1.4E-45,0.33333334]";
    private static final String ANSWER = """
            { "object":"list", "model" : "text-embedding-3-small", "unknown":[1.50],
             "data":[{"object":"embedding","index":0,"embedding":%s,"more":{"a":null}}],
             "usage":{"prompt_tokens":8,"total_tokens":8}}
            """;

    private static String base64(float... vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static TestGateway before(String url, String... settings) {
        return TestGateway.of("""
                model_list:
                  - model_name: emb
                    params: {model: openai/text-embedding-3-small, api_base: "%s", api_key: sk-upstream-canary}
                thalweg_settings:
                  num_retries: 0
                general_settings: {%s}
                """.formatted(url, String.join(", ", settings)));
    }

    private static Chats.Answer ask(TestGateway gateway, String path, Map<String, String> headers, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, headers, body);
            return Chats.read(client);
        }
    }

    private static Chats.Answer ask(TestGateway gateway, String body) {
        return ask(gateway, "/v1/embeddings", JSON, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/embeddings", "/embeddings"})
    void bothBodiesAreTheSameButForTheModel(String path) {
        String answer = ANSWER.formatted(base64(VECTOR));
        String body =
                "{\"input\" : [[1,2],[3]],\"model\":\"emb\",\"encoding_format\":\"base64\",\"x\":1,\"stream\":true}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, answer));
                var gateway = before(upstream.url())) {
            Chats.Answer told = ask(gateway, path, JSON, body);
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.body()).isEqualTo(answer.replace("text-embedding-3-small", "emb"));
            assertThat(told.head().header("content-type")).contains("application/json");
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/v1/embeddings");
            assertThat(asked.header("authorization")).contains("Bearer sk-upstream-canary");
            assertThat(asked.bodyText()).isEqualTo(body.replace("\"emb\"", "\"text-embedding-3-small\""));
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("stream").asBoolean()).isFalse();
            assertThat(row.path("input_tokens").asInt()).isEqualTo(8);
            assertThat(row.path("output_tokens").asInt(-1)).isZero();
            // 8 × 0.02 millionths
            assertThat(row.path("cost_usd").decimalValue().toPlainString()).isEqualTo("0.00000016");
            assertThat(told.head().header("x-thalweg-cost")).contains("0.00000016");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @CsvSource({"float,true", "base64,false", ",true", ",false", "float,false", "base64,true"})
    void theEncodingIsTheOneThatWasAskedForWhateverTheProviderGives(String asked, boolean givesNumbers) {
        String given = givesNumbers ? NUMBERS : base64(VECTOR);
        String wanted = asked == null ? given : asked.equals("float") ? NUMBERS : base64(VECTOR);
        String field = asked == null ? "" : ",\"encoding_format\":\"" + asked + "\"";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER.formatted(given)));
                var gateway = before(upstream.url())) {
            Chats.Answer told = ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"" + field + "}");
            assertThat(told.body()).isEqualTo(ANSWER.formatted(wanted).replace("text-embedding-3-small", "emb"));
        }
    }

    @Test
    void aProviderThatCountsNothingIsEstimated() {
        String answer = "{\"data\":[{\"embedding\":[1]}]}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, answer));
                var gateway = before(upstream.url())) {
            assertThat(ask(gateway, "{\"model\":\"emb\",\"input\":\"Some words to weigh\"}")
                            .body())
                    .isEqualTo(answer);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("estimated").asBoolean()).isTrue();
            assertThat(row.path("input_tokens").asInt()).isBetween(2, 8);
            assertThat(row.path("cost_usd").decimalValue()).isPositive();
        }
    }

    @Test
    void errorsAreTheProvidersOwnInTheEnvelope() {
        String error = "{\"error\":{\"code\":null,\"message\":\"-1 is less than the minimum of 1 - 'dimensions'\","
                + "\"param\":null,\"type\":\"invalid_request_error\"}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(400, error));
                var gateway = before(upstream.url())) {
            JsonNode told = ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\",\"dimensions\":-1}")
                    .error(400);
            assertThat(told.path("message").asString()).contains("less than the minimum");
            assertThat(told.path("type").asString()).isEqualTo("invalid_request_error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "nothing", "{\"data\":[{\"embedding\":[1,\"x\"]}]}", "{\"data\":7}", "\"\""})
    void whatIsNoAnswerIsNotPassedOn(String answer) {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, answer));
                var gateway = before(upstream.url())) {
            ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\",\"encoding_format\":\"base64\"}")
                    .error(502);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("protocol_error");
            Chats.settled(gateway);
        }
    }

    @Test
    void anErrorInsideOfA200IsAnError() {
        try (var upstream = ScriptedUpstream.start()
                        .always(Script.json(200, "{\"error\":{\"message\":\"Overloaded\",\"code\":503}}"));
                var gateway = before(upstream.url())) {
            assertThat(ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"}")
                            .error(503)
                            .path("message")
                            .asString())
                    .isEqualTo("Overloaded");
        }
    }

    @Test
    void aFailedAttemptIsRepeatedAndAnotherGroupStandsIn() {
        String yaml = """
                model_list:
                  - {model_name: emb, params: {model: openai/a, api_base: "%1$s", api_key: k}}
                  - {model_name: other, params: {model: openai/b, api_base: "%1$s", api_key: k}}
                router_settings: {fallbacks: [{emb: [other]}]}
                thalweg_settings: {num_retries: 1}
                """;
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(503, "{}"))
                        .enqueue(Script.json(503, "{}"))
                        .always(Script.json(200, ANSWER.formatted("[1]")));
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            Chats.Answer told = ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"}");
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.head().header("x-thalweg-attempts")).contains("3");
            assertThat(told.head().header("x-thalweg-fallbacks")).contains("1");
            assertThat(json(told.body()).path("model").asString()).isEqualTo("emb");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).contains("\"a\"");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).contains("\"a\"");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).contains("\"b\"");
            Chats.settled(gateway);
        }
    }

    @Test
    void whoLeavesIsNotServedFurther() {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = before(upstream.url());
                RawClient client = gateway.connect()) {
            client.post("/v1/embeddings", JSON, "{\"model\":\"emb\",\"input\":\"Hi\"}");
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            client.close();
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("caller_gone");
            assertThat(asked.target()).isEqualTo("/v1/embeddings");
            Chats.settled(gateway);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotTaken() {
        try (var upstream = ScriptedUpstream.start()
                        .always(Script.json(200, ANSWER.formatted("[" + "0.125,".repeat(400_000) + "1]")));
                var gateway = before(upstream.url(), "max_response_bytes: 1048576")) {
            ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"}").error(502);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("too_large");
            Chats.settled(gateway);
        }
    }

    @Test
    void aLargeAnswerIsConvertedWhole() {
        try (var upstream = ScriptedUpstream.start()
                        .always(Script.json(200, ANSWER.formatted("[" + "0.125,".repeat(400_000) + "1]")));
                var gateway = before(upstream.url())) {
            Chats.Answer told = ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\",\"encoding_format\":\"base64\"}");
            String vector = json(told.body()).at("/data/0/embedding").asString();
            assertThat(Base64.getDecoder().decode(vector)).hasSize(400_001 * 4);
        }
    }

    @Test
    void keysAndModelsAreCheckedAsForChats() {
        String yaml = """
                model_list:
                  - {model_name: emb, params: {model: openai/a, api_base: "%1$s", api_key: k}}
                  - {model_name: other, params: {model: openai/b, api_base: "%1$s", api_key: k}}
                keys: [{name: one, key: sk-caller-one-0123456789, models: [other]}]
                """;
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER.formatted("[1]")));
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            Map<String, String> key =
                    Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-caller-one-0123456789");
            String path = "/v1/embeddings";
            assertThat(ask(gateway, path, JSON, "{\"model\":\"emb\",\"input\":\"Hi\"}")
                            .error(401)
                            .path("code")
                            .asString())
                    .isEqualTo("missing_api_key");
            assertThat(ask(gateway, path, key, "{\"model\":\"emb\",\"input\":\"Hi\"}")
                            .error(403)
                            .path("code")
                            .asString())
                    .isEqualTo("model_not_allowed");
            assertThat(ask(gateway, path, key, "{\"model\":\"none\",\"input\":\"Hi\"}")
                            .error(404)
                            .path("code")
                            .asString())
                    .isEqualTo("model_not_found");
            assertThat(ask(gateway, path, key, "{\"model\":\"other\"}")
                            .error(400)
                            .path("param")
                            .asString())
                    .isEqualTo("input");
            assertThat(ask(gateway, path, key, "{\"model\":\"other\",\"input\":\"Hi\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aModelWithoutEmbeddingsSaysSo() {
        String yaml = """
                model_list:
                  - {model_name: claude, params: {model: anthropic/claude-sonnet-4-5, api_base: "%1$s", api_key: k}}
                """;
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            JsonNode error =
                    ask(gateway, "{\"model\":\"claude\",\"input\":\"Hi\"}").error(400);
            assertThat(error.path("code").asString()).isEqualTo("embeddings_not_supported");
            assertThat(error.path("message").asString()).contains("no embeddings", "'anthropic'", "'dialects'");
            assertThat(upstream.requests()).isEmpty();
            Chats.settled(gateway);
        }
    }

    @Test
    void ofAGroupOnlyThoseWithEmbeddingsAreAsked() {
        String yaml = """
                model_list:
                  - {model_name: any, params: {model: anthropic/claude-sonnet-4-5, api_base: "%1$s", api_key: k, order: 1}}
                  - {model_name: any, params: {model: openai/text-embedding-3-small, api_base: "%1$s", api_key: k, order: 2}}
                  - {model_name: broken, params: {model: openai/none, api_base: "http://127.0.0.1:1", api_key: k}}
                router_settings: {num_retries: 0, fallbacks: [{broken: [any]}]}
                """;
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER.formatted(NUMBERS)));
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            for (String model : new String[] {"any", "any", "broken"}) {
                assertThat(ask(gateway, "{\"model\":\"" + model + "\",\"input\":\"Hi\"}")
                                .status())
                        .as(model)
                        .isEqualTo(200);
                assertThat(upstream.takeRequest(Chats.SOON).target()).isEqualTo("/v1/embeddings");
            }
            Chats.settled(gateway);
        }
    }

    @Test
    void azureIsAskedAtItsDeployment() {
        String yaml = """
                model_list:
                  - model_name: emb
                    params: {model: azure/ada, api_base: "%s", api_key: k, api_version: "2024-10-21"}
                """;
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER.formatted("[1]")));
                var gateway = TestGateway.of(yaml.formatted(upstream.url().replace("/v1", "")))) {
            assertThat(ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"}").status())
                    .isEqualTo(200);
            assertThat(upstream.takeRequest(Chats.SOON).target())
                    .isEqualTo("/openai/deployments/ada/embeddings?api-version=2024-10-21");
        }
    }

    @Test
    void mockedErrorsAreToldAndDefaultsAreSent() {
        String yaml = """
                model_list:
                  - {model_name: emb, params: {model: openai/a, mock_response: litellm.RateLimitError}}
                  - {model_name: short, params: {model: openai/a, api_base: "%s", api_key: k, dimensions: 256}}
                thalweg_settings: {num_retries: 0}
                """;
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER.formatted("[1]")));
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            ask(gateway, "{\"model\":\"emb\",\"input\":\"Hi\"}").error(429);
            assertThat(ask(gateway, "{\"model\":\"short\",\"input\":\"Hi\"}").status())
                    .isEqualTo(200);
            assertThat(json(upstream.takeRequest(Chats.SOON).bodyText())
                            .path("dimensions")
                            .asInt())
                    .isEqualTo(256);
        }
    }
}
