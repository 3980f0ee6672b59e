package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Callers of Cohere's chat API, and its providers: paths, keys, relays, ends and errors. What is said is the matrix's part. */
class CohereTest {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-caller");
    private static final String STREAM = """
            event: message-start
            data: {"delta":{"message":{"citations":[],"content":[],"role":"assistant","tool_calls":[],"tool_plan":""}},"id":"id-1","type":"message-start"}

            event: content-start
            data: {"delta":{"message":{"content":{"text":"","type":"text"}}},"index":0,"type":"content-start"}

            event: content-delta
            data: {"delta":{"message":{"content":{"text":"Hi"}}},"index":0,"type":"content-delta"}

            event: content-end
            data: {"index":0,"type":"content-end"}

            """;
    private static final String END = """
            event: message-end
            data: {"delta":{"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":7,"output_tokens":3},"tokens":{"input_tokens":502,"output_tokens":6}}},"type":"message-end"}

            """;
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ANSWER =
            "{\"id\":\"id-1\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
                    + "\"text\":\"Hi\"}]},\"usage\":{\"billed_units\":{\"input_tokens\":7,\"output_tokens\":3}}}";

    private static TestGateway gateway(String model, String url) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: "%s", api_base: "%s", api_key: sk-upstream}
                thalweg_settings: {num_retries: 0, idle_timeout: 1}
                """.formatted(model, url));
    }

    private static RawClient ask(TestGateway gateway, String path, boolean stream) {
        RawClient client = gateway.connect();
        client.timeout(Chats.SOON);
        client.post(
                path,
                HEADERS,
                "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        return client;
    }

    private static Script stream(String text) {
        return Script.sse().bytes(text.getBytes(StandardCharsets.UTF_8)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cohere/command-a", "cohere_chat/command-a"})
    void streamsPassAsTheyCame(String model) {
        try (var upstream = ScriptedUpstream.start().always(stream(STREAM + END + DONE));
                var gateway = gateway(model, upstream.url());
                RawClient client = ask(gateway, "/v2/chat", true)) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type").orElse("")).startsWith("text/event-stream");
            assertThat(TestGateway.plain(client.readBody().text())).isEqualTo(STREAM + END + DONE);
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/v2/chat");
            assertThat(request.header("authorization")).contains("Bearer sk-upstream");
            assertThat(json(request.bodyText()).path("model").asString()).isEqualTo("command-a");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @CsvSource({"/v2/chat, message-end", "/v1/chat/completions, [DONE]"})
    void aStreamWithoutTheMarkerIsComplete(String path, String end) {
        try (var upstream = ScriptedUpstream.start().always(stream(STREAM + END));
                var gateway = gateway("cohere/command-a", upstream.url());
                RawClient client = ask(gateway, path, true)) {
            client.readHead();
            assertThat(client.readBody().text()).contains(end).doesNotContain("ERROR", "event: error");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @Test
    void aStreamThatIsCutEndsAsAMessageThatFailed() {
        try (var upstream = ScriptedUpstream.start().always(stream(STREAM));
                var gateway = gateway("cohere/command-a", upstream.url());
                RawClient client = ask(gateway, "/v2/chat", true)) {
            client.readHead();
            String text = client.readBody().text();
            assertThat(text)
                    .contains("event: message-end", "\"id\":\"id-1\"", "\"finish_reason\":\"ERROR\"")
                    .doesNotContain("[DONE]");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("cut");
            Chats.settled(gateway);
        }
    }

    @Test
    void aFailureInTheStreamOfTheProviderIsOne() {
        String failure =
                "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TIMEOUT\",\"error\":\"Too slow\"}}\n\n";
        for (String path : new String[] {"/v2/chat", "/v1/chat/completions"}) {
            try (var upstream = ScriptedUpstream.start().always(stream(STREAM + failure));
                    var gateway = gateway("cohere/command-a", upstream.url());
                    RawClient client = ask(gateway, path, true)) {
                client.readHead();
                assertThat(client.readBody().text())
                        .contains("Too slow", path.equals("/v2/chat") ? "\"finish_reason\":\"ERROR\"" : "event: error")
                        .doesNotContain("[DONE]", "TIMEOUT");
            }
        }
    }

    @Test
    void aWholeAnswerPassesAsItCame() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = gateway("cohere/command-a", upstream.url());
                RawClient client = ask(gateway, "/v2/chat", false)) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).isEqualTo(ANSWER);
            JsonNode row = Chats.row(gateway);
            assertThat(row.toString()).contains("\"input_tokens\":7");
        }
    }

    @Test
    void errorsHaveAnIdAndAMessage() {
        String body = "{\"id\":\"e1\",\"message\":\"model 'command-a' not found\"}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(404, body));
                var gateway = gateway("cohere/command-a", upstream.url());
                RawClient client = ask(gateway, "/v2/chat", true)) {
            RawClient.Head head = client.readHead();
            JsonNode error = json(client.readBody().text());
            assertThat(head.status()).isEqualTo(404);
            assertThat(error.path("message").asString()).contains("not found");
            assertThat(error.path("id").asString())
                    .isEqualTo(head.header("x-request-id").orElseThrow());
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        }
    }

    @Test
    void errorsOfOthersComeInTheSameEnvelope() {
        Script broken = OpenAiScripts.error(429, "rate_limit_error", "rate_limit_exceeded", "Slow down.");
        try (var upstream = ScriptedUpstream.start().always(broken);
                var gateway = gateway("openai/gpt-4o-mini", upstream.url());
                RawClient client = ask(gateway, "/v2/chat", true)) {
            assertThat(client.readHead().status()).isEqualTo(429);
            assertThat(json(client.readBody().text()).path("message").asString())
                    .contains("Slow down.");
        }
    }

    @Test
    void aKeyIsAskedForAndItsLackToldInThisProtocol() {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            litellm_params: {model: cohere/command-a, api_base: "%s", api_key: sk-upstream}
                        general_settings: {master_key: sk-caller}
                        """.formatted(upstream.url()));
                RawClient client = gateway.connect()) {
            client.post("/v2/chat", HEADERS, body);
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readBody();
            client.post("/v2/chat", Map.of("Content-Type", "application/json"), body);
            assertThat(client.readHead().status()).isEqualTo(401);
            JsonNode error = json(client.readBody().text());
            assertThat(error.path("message").asString()).startsWith("No API key was given");
            assertThat(error.path("code").asString()).isEqualTo("missing_api_key");
        }
    }

    @Test
    void modelsAreListed() {
        try (var gateway = gateway("cohere/command-a", ScriptedUpstream.refusingUrl());
                RawClient client = gateway.connect()) {
            client.get("/v1/models", HEADERS);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(json(client.readBody().text()).at("/data/0/id").asString())
                    .isEqualTo("m");
        }
    }

    @Test
    void whatOnlyThisProtocolHasGoesFromAnyCallerToItsProviders() {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                + "\"documents\":[{\"id\":\"d\",\"data\":{\"text\":\"x\"}}],\"safety_mode\":\"STRICT\",\"logit_bias\":{\"1\":2}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = gateway("cohere/command-a", upstream.url());
                RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", HEADERS, body);
            RawClient.Head head = client.readHead();
            assertThat(head.status()).as(client.readBody().text()).isEqualTo(200);
            assertThat(head.header("x-thalweg-warnings").orElse(""))
                    .contains("logit_bias")
                    .doesNotContain("documents");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .contains("\"documents\":[{", "\"safety_mode\":\"STRICT\"")
                    .doesNotContain("logit_bias");
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
