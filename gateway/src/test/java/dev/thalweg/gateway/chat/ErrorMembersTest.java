package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a provider says of an error beside its message reaches callers of every protocol, but for keys. */
class ErrorMembersTest {
    private static final String GROQS = """
            {"error":{"message":"Failed to call a function.","type":"invalid_request_error","code":"tool_use_failed",
             "failed_generation":"<function=f>{\\"a\\": 1.50}",
             "metadata":{"raw":"canary with sk-proj-abcdef123456 in it","list":[1.50,"Bearer abc"]}},"user_id":"org-canary"}""";

    private static TestGateway gateway(String model, String url) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: "%s", api_base: "%s", api_key: sk-upstream-canary}
                router_settings: {num_retries: 0}
                """.formatted(model, url));
    }

    private static RawClient post(TestGateway gateway, String path) {
        String body = switch (path) {
            case "/v1/responses" -> "{\"model\":\"m\",\"input\":\"Hello\"}";
            case "/v1/completions", "/api/generate" -> "{\"model\":\"m\",\"prompt\":\"Hello\"}";
            case "/v1beta/models/m:generateContent" -> "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";
            case "/model/m/converse" -> "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
            default -> "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        };
        RawClient client = gateway.connect();
        client.timeout(Chats.SOON);
        client.post(path, Map.of("Content-Type", "application/json"), body);
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, /error",
        "/v1/completions, /error",
        "/v1/responses, /error",
        "/v1/messages, /error",
        "/v1beta/models/m:generateContent, /error",
        "/v2/chat, ''",
        "/api/chat, ''",
        "/api/generate, ''",
        "/model/m/converse, ''"
    })
    void theyStandInTheCallersEnvelope(String path, String at) {
        Script error = Script.json(400, GROQS);
        try (var upstream = ScriptedUpstream.start().always(error);
                var gateway = gateway("openai/gpt-x", upstream.url())) {
            RawClient client = post(gateway, path);
            assertThat(client.readHead().status()).isEqualTo(400);
            String body = client.readBody().text();
            JsonNode envelope = json(body).at(at);
            assertThat(envelope.path("failed_generation").asString()).isEqualTo("<function=f>{\"a\": 1.50}");
            assertThat(envelope.at("/metadata/raw").asString()).isEqualTo("canary with *** in it");
            assertThat(body).contains("1.50").doesNotContain("Bearer abc").doesNotContain("org-canary");
            assertThat(gateway.log()).doesNotContain("canary").doesNotContain("<function");
            assertThat(Chats.row(gateway).toString())
                    .doesNotContain("canary with")
                    .doesNotContain("<function");
        }
    }

    @Test
    void withAWrongKeyTheyAreLeftOut() {
        Script error = Script.json(401, "{\"error\":{\"message\":\"No key.\",\"owner\":\"someone\"}}");
        try (var upstream = ScriptedUpstream.start().always(error);
                var gateway = gateway("openai/gpt-x", upstream.url())) {
            RawClient client = post(gateway, "/v1/chat/completions");
            assertThat(client.readHead().status()).isEqualTo(401);
            assertThat(client.readBody().text()).contains("No key.").doesNotContain("someone");
        }
    }

    @Test
    void googlesDetailsStandBeforeThisGatewaysOwn() {
        Script error = Script.json(429, """
                {"error":{"code":429,"message":"Quota.","status":"RESOURCE_EXHAUSTED","details":[
                 {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}""");
        try (var upstream = ScriptedUpstream.start().always(error);
                var gateway = gateway("gemini/gemini-x", upstream.url())) {
            RawClient client = post(gateway, "/v1beta/models/m:generateContent");
            client.readHead();
            JsonNode said = json(client.readBody().text()).path("error");
            assertThat(said.at("/details/0/retryDelay").asString()).isEqualTo("7s");
            assertThat(said.at("/details/1/domain").asString()).isEqualTo("thalweg");
            assertThat(said.path("status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
        }
    }

    @Test
    void anErrorInAStreamHasThemToo() {
        Script script = Script.sse()
                .event(OpenAiScripts.contentChunk("Hel"))
                .event("{\"error\":{\"message\":\"Failed.\",\"failed_generation\":\"<f>\"}}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = Chats.ask(gateway, Chats.streamed()).errorEvent();
            assertThat(error.path("failed_generation").asString()).isEqualTo("<f>");
        }
    }
}
