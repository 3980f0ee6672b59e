package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OllamaAnswer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ollama's endpoints, its clients before other providers, and its servers. What is said is the matrix's part. */
class OllamaTest {
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String UNARY = CHAT.replace("{\"model\"", "{\"stream\":false,\"model\"");
    private static final String PROMPT = "{\"model\":\"m\",\"prompt\":\"Hello\",\"stream\":false}";

    private record Reply(int status, String type, String body) {}

    private static TestGateway gateway(String model, String url, String... rest) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: %s, api_base: "%s", api_key: sk-upstream%s
                  - model_name: "any/*"
                    litellm_params: {model: "openai/*", api_base: "%s", api_key: sk-upstream}
                  - model_name: claude
                    litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: sk-upstream}
                router_settings: {disable_cooldowns: true}
                """.formatted(model, url, rest.length == 0 ? "}" : rest[0], url));
    }

    private static Reply post(TestGateway gateway, String path, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-any"), body);
            return read(client);
        }
    }

    private static Reply get(TestGateway gateway, String method, String path, String key) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.send(
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n\r\n");
            RawClient.Head head = client.readHead();
            String body = method.equals("HEAD") ? "" : client.readBody().text();
            return new Reply(head.status(), head.header("content-type").orElse(""), body);
        }
    }

    private static Reply read(RawClient client) {
        RawClient.Head head = client.readHead();
        String body = new String(client.readBody().bytes(), StandardCharsets.UTF_8);
        return new Reply(head.status(), head.header("content-type").orElse(""), body);
    }

    @Test
    void itsCallersGetStreamsUnaskedAndWholeAnswersWhenTheySaySo() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("hosted_vllm/x", upstream.url())) {
            upstream.answer(request -> request.bodyText().contains("\"stream\":true")
                    ? OpenAiScripts.stream("Hel", "lo")
                    : OpenAiScripts.completion("Hello"));
            Reply streamed = post(gateway, "/api/chat", CHAT);
            assertThat(streamed.type()).isEqualTo("application/x-ndjson");
            List<JsonNode> lines = streamed.body().lines().map(Chats::json).toList();
            assertThat(lines.get(0).path("message").path("content").asString()).isEqualTo("Hel");
            assertThat(lines.getLast().path("done_reason").asString()).isEqualTo("stop");
            assertThat(lines.getLast().path("model").asString()).isEqualTo("m");
            Reply whole = post(gateway, "/api/chat", UNARY);
            assertThat(whole.type()).isEqualTo("application/json");
            assertThat(json(whole.body()).path("message").path("content").asString())
                    .isEqualTo("Hello");
            Reply prompt = post(gateway, "/api/generate", PROMPT);
            assertThat(json(prompt.body()).path("response").asString()).isEqualTo("Hello");
            assertThat(json(prompt.body()).path("prompt_eval_count").asInt()).isEqualTo(10);
        }
    }

    @Test
    void itsServersAnswerItsCallersByteForByteButForTheModelsName() {
        OllamaAnswer answer =
                new OllamaAnswer().thinking("Hm.").text("Hel", "lo").call(null, "f", "{}");
        String stream = String.join("\n", answer.lines()) + "\n";
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("ollama/qwen3:4b", upstream.url())) {
            upstream.answer(
                    request -> request.bodyText().contains("\"stream\":false") ? answer.whole() : answer.stream());
            assertThat(post(gateway, "/api/chat", CHAT).body())
                    .isEqualTo(stream.replace("\"model\":\"qwen3:4b\"", "\"model\":\"m\""));
            assertThat(post(gateway, "/api/chat", UNARY).body())
                    .isEqualTo(answer.body().replace("\"model\":\"qwen3:4b\"", "\"model\":\"m\""));
            RecordedRequest asked = upstream.requests().get(0);
            assertThat(asked.target()).isEqualTo("/api/chat");
            assertThat(asked.bodyText()).isEqualTo(CHAT.replace("\"m\"", "\"qwen3:4b\""));
        }
    }

    @Test
    void aLastLineWithoutItsEndGetsOne() {
        String stream = String.join("\n", new OllamaAnswer().text("Hi").lines());
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("ollama/m", upstream.url())) {
            upstream.answer(request -> Script.status(200)
                    .header("Content-Type", "application/x-ndjson")
                    .text(stream)
                    .build());
            assertThat(post(gateway, "/api/chat", CHAT).body())
                    .isEqualTo(stream.replace("\"qwen3:4b\"", "\"m\"") + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', /api/chat, /api/chat",
        "'/', /api/chat, /api/chat",
        "/api, /api/chat, /api/chat",
        "/v1, /api/chat, /api/chat",
        "/api/chat, /api/chat, /api/chat",
        "/proxy/api, /api/generate, /proxy/api/generate",
        "/v1, /v1/chat/completions, /v1/chat/completions",
        "/api/, /v1/responses, /v1/responses",
        "'', /v1/messages, /v1/messages",
        "/api/generate, /api/generate, /api/generate"
    })
    void eachProtocolHasItsPathWhateverTheBaseUrlSays(String base, String path, String asked) {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("ollama_chat/x", upstream.url() + base)) {
            upstream.answer(request -> OllamaAnswer.error(400, "never mind"));
            String body = UNARY.replace("\"model\"", "\"input\":\"Hi\",\"prompt\":\"Hi\",\"max_tokens\":9,\"model\"");
            post(gateway, path, body);
            assertThat(upstream.requests().get(0).target()).isEqualTo(asked);
        }
    }

    @Test
    void ofFieldsThatAreNobodysWordItGetsItsOwnAndTheRestIsAWarning() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("ollama/x", upstream.url(), ", dialects: [ollama]}")) {
            upstream.answer(request -> new OllamaAnswer().text("Hi").whole());
            String extras =
                    "\"num_ctx\":9,\"keep_alive\":\"5m\",\"service_tier\":\"flex\",\"safety_settings\":[],\"x\":1,";
            RawClient.Head head;
            try (RawClient client = gateway.connect()) {
                client.timeout(Chats.SOON);
                client.post(
                        "/v1/chat/completions",
                        Map.of("Content-Type", "application/json"),
                        UNARY.replace("\"model\"", extras + "\"model\""));
                head = client.readHead();
            }
            JsonNode asked = json(upstream.requests().get(0).bodyText());
            assertThat(asked.propertyNames())
                    .containsExactlyInAnyOrder("model", "messages", "options", "keep_alive", "stream");
            assertThat(asked.path("options").toString()).isEqualTo("{\"num_ctx\":9}");
            assertThat(head.header("x-thalweg-warnings").orElseThrow())
                    .contains("service_tier", "safety_settings", "'x'")
                    .doesNotContain("num_ctx", "keep_alive");
        }
    }

    @Test
    void whatADeploymentSetsIsAmongTheOptions() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway(
                        "ollama/x",
                        upstream.url(),
                        ", num_ctx: 8192, temperature: 0.5, max_tokens: 7, keep_alive: 5m}")) {
            upstream.answer(request -> new OllamaAnswer().text("Hi").whole());
            post(gateway, "/api/chat", UNARY.replace("\"model\"", "\"options\":{\"temperature\":1},\"model\""));
            JsonNode asked = json(upstream.requests().get(0).bodyText());
            assertThat(asked.path("options").toString())
                    .isEqualTo("{\"temperature\":1,\"num_ctx\":8192,\"num_predict\":7}");
            assertThat(asked.path("keep_alive").asString()).isEqualTo("5m");
        }
    }

    @Test
    void errorsAreTextsBeforeTheStreamAndInIt() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("hosted_vllm/x", upstream.url())) {
            upstream.answer(request -> OpenAiScripts.error(400, "invalid_request_error", null, "It is too warm."));
            Reply refused = post(gateway, "/api/chat", CHAT);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(json(refused.body()).path("error").asString()).contains("It is too warm.");
            upstream.answer(request -> Script.sse()
                    .event(OpenAiScripts.roleChunk())
                    .event(OpenAiScripts.contentChunk("Hel"))
                    .event(OpenAiScripts.errorBody("server_error", null, "It broke."))
                    .build());
            List<String> lines = post(gateway, "/api/chat", CHAT).body().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(json(lines.get(1)).path("error").asString()).contains("It broke.");
            assertThat(post(gateway, "/api/chat", "{\"model\":\"m\"}").status()).isEqualTo(400);
            Reply unknown = post(gateway, "/api/chat", CHAT.replace("\"m\"", "\"nobody\""));
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(json(unknown.body()).path("error").asString()).contains("'nobody'");
        }
    }

    @Test
    void modelsAreListedAndShownToWhoMayUseThem() {
        try (var gateway = TestGateway.of("""
                model_list:
                  - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: sk-u}}
                  - {model_name: "any/*", litellm_params: {model: "openai/*", api_key: sk-u}}
                  - {model_name: hidden, litellm_params: {model: openai/gpt-4o, api_key: sk-u}}
                keys:
                  - {name: me, key: sk-mine-0123456789abcdef, models: [claude, "any/*"]}
                """)) {
            String key = "sk-mine-0123456789abcdef";
            JsonNode models = json(get(gateway, "GET", "/api/tags", key).body()).path("models");
            assertThat(models.size()).isEqualTo(1);
            assertThat(models.path(0).path("name").asString()).isEqualTo("claude");
            assertThat(models.path(0).path("digest").asString()).hasSize(64);
            Reply stranger = get(gateway, "GET", "/api/tags", "sk-other");
            assertThat(stranger.status()).isEqualTo(401);
            assertThat(json(stranger.body()).path("error").isString()).isTrue();
            JsonNode shown = json(show(gateway, key, "claude").body());
            assertThat(shown.path("capabilities").toString()).contains("completion", "tools", "vision", "thinking");
            assertThat(shown.path("model_info").path("general.architecture").asString())
                    .isEqualTo("anthropic");
            assertThat(shown.path("model_info").path("anthropic.context_length").asLong())
                    .isGreaterThanOrEqualTo(200_000);
            assertThat(json(show(gateway, key, "any/thing").body())
                            .path("capabilities")
                            .toString())
                    .isEqualTo("[\"completion\"]");
            assertThat(show(gateway, key, "hidden").status()).isEqualTo(404);
            assertThat(show(gateway, key, "nobody").status()).isEqualTo(404);
        }
    }

    private static Reply show(TestGateway gateway, String key, String model) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(
                    "/api/show",
                    Map.of("Content-Type", "application/json", "Authorization", "Bearer " + key),
                    "{\"model\":\"" + model + "\"}");
            return read(client);
        }
    }

    @Test
    void itsClientsFindItThere() {
        try (var gateway = gateway("openai/gpt-4o", "http://127.0.0.1:1")) {
            assertThat(get(gateway, "GET", "/", "").body()).isEqualTo("Ollama is running");
            assertThat(get(gateway, "HEAD", "/", "").status()).isEqualTo(200);
            assertThat(json(get(gateway, "GET", "/api/version", "").body())
                            .path("version")
                            .asString())
                    .matches("\\d+\\.\\d+\\.\\d+");
        }
    }
}
