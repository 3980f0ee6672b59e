package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.ResponsesScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Callers of one protocol before upstreams of another: paths, headers, errors, ends. What is said is the matrix's part. */
class FrontsTest {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "anthropic-beta", "one,two", "x-api-key", "sk-any");

    private static TestGateway gateway(String model, String url, String... rest) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: "%s", api_base: "%s", api_key: sk-upstream-canary}
                %s
                """.formatted(model, url, String.join("\n", rest)));
    }

    private static String body(String path, boolean stream) {
        String ask = "\"model\":\"m\",\"stream\":" + stream + ",";
        return switch (path) {
            case "/v1/responses" -> "{" + ask + "\"input\":\"Hello\"}";
            case "/v1/completions" -> "{" + ask + "\"prompt\":\"Hello\"}";
            case "/v1/messages" ->
                "{" + ask + "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
            default -> "{" + ask + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        };
    }

    private static RawClient post(TestGateway gateway, String path, String body) {
        RawClient client = gateway.connect();
        client.timeout(Chats.SOON);
        client.post(path, HEADERS, body);
        return client;
    }

    private static Script anthropic(boolean stream) {
        if (!stream) {
            return Script.json(
                    200,
                    "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":"
                            + "[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                            + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}");
        }
        return Script.sse()
                .event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}")
                .event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                .event("ping", "{\"type\":\"ping\"}")
                .event(
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}")
                .event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                .event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                + "\"usage\":{\"output_tokens\":2}}")
                .event("message_stop", "{\"type\":\"message_stop\"}")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o-mini, /v1/messages, false, /v1/chat/completions",
        "openai/gpt-4o-mini, /v1/messages, true, /v1/chat/completions",
        "openai/gpt-4o-mini, /v1/completions, true, /v1/chat/completions",
        "openai/gpt-4o-mini, /v1/completions, false, /v1/chat/completions",
        "openai_like/gpt-4o-mini, /v1/responses, true, /v1/chat/completions",
        "openai_like/gpt-4o-mini, /v1/responses, false, /v1/chat/completions",
        "anthropic/claude-x, /v1/chat/completions, true, /v1/messages",
        "anthropic/claude-x, /v1/chat/completions, false, /v1/messages",
        "anthropic/claude-x, /v1/responses, true, /v1/messages",
        "anthropic/claude-x, /v1/responses, false, /v1/messages",
        "anthropic/claude-x, /v1/messages, true, /v1/messages",
        "anthropic/claude-x, /v1/messages, false, /v1/messages",
        "anthropic/claude-x, /v1/completions, true, /v1/messages"
    })
    void whoeverAsksIsAnsweredInHisOwnProtocol(String model, String path, boolean stream, String asked) {
        Script answer = model.startsWith("anthropic")
                ? anthropic(stream)
                : stream ? OpenAiScripts.stream("Hi") : OpenAiScripts.completion("Hi");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = gateway(model, upstream.url() + "/v1");
                RawClient client = post(gateway, path, body(path, stream))) {
            RawClient.Head head = client.readHead();
            String text = client.readBody().text();
            assertThat(head.status()).as(text).isEqualTo(200);
            assertThat(text).contains("Hi", "\"m\"").doesNotContain("claude-x", "gpt-4o-mini");
            assertThat(text)
                    .contains(
                            switch (path) {
                                case "/v1/responses" ->
                                    stream ? "event: response.completed" : "\"object\":\"response\"";
                                case "/v1/messages" -> stream ? "event: message_stop" : "\"type\":\"message\"";
                                case "/v1/completions" -> stream ? "data: [DONE]" : "\"object\":\"text_completion\"";
                                default -> stream ? "data: [DONE]" : "\"object\":\"chat.completion\"";
                            });
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo(asked);
            if (asked.equals("/v1/messages")) {
                assertThat(request.header("x-api-key")).contains("sk-upstream-canary");
                assertThat(request.header("authorization")).isEmpty();
                assertThat(request.header("anthropic-version")).contains("2023-06-01");
                assertThat(request.header("anthropic-beta").isPresent()).isEqualTo(path.equals(asked));
            } else {
                assertThat(request.header("authorization")).contains("Bearer sk-upstream-canary");
                assertThat(request.header("anthropic-beta")).isEmpty();
            }
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', /v1/responses, /v1/responses",
        "', dialects: [openai]', /v1/responses, /v1/chat/completions",
        "', dialects: [openai]', /v1/chat/completions, /v1/chat/completions",
        "', dialects: [responses, openai]', /v1/messages, /v1/responses",
        "', dialects: [openai, anthropic]', /v1/messages, /v1/messages",
        "', dialects: [openai, anthropic]', /v1/responses, /v1/chat/completions",
        "', dialects: [openai, completions]', /v1/completions, /v1/completions",
        "', dialects: [completions]', /v1/chat/completions, /v1/completions"
    })
    void aDeploymentIsAskedInTheProtocolsItIsSaidToSpeak(String dialects, String path, String asked) {
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            params: {model: openai/local, api_base: "%s/v1", api_key: sk-upstream%s}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(upstream.url(), dialects));
                RawClient client = post(gateway, path, body(path, false))) {
            assertThat(upstream.takeRequest(Chats.SOON).target()).isEqualTo(asked);
            assertThat(client.readHead().status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "azure/d, /openai/v1, '', /v1/responses, /openai/v1/responses",
        "azure/d, /openai/v1, '', /v1/chat/completions, /openai/v1/chat/completions",
        "azure/d, '', '', /v1/responses, /openai/deployments/d/chat/completions?api-version=2024-10-21",
        "azure/d, '', ', api_version: 2025-04-01-preview', /v1/responses, "
                + "/openai/responses?api-version=2025-04-01-preview",
        "azure/d, '', ', api_version: 2025-04-01-preview', /v1/chat/completions, "
                + "/openai/deployments/d/chat/completions?api-version=2025-04-01-preview",
        "azure/d, '', ', api_version: preview', /v1/responses, /openai/v1/responses?api-version=preview",
        "azure/responses/d, '', '', /v1/responses, /openai/responses?api-version=2025-04-01-preview",
        "azure/responses/d, '', '', /v1/chat/completions, /openai/responses?api-version=2025-04-01-preview",
        "azure/responses/d, /openai/v1/responses, '', /v1/messages, /openai/v1/responses",
        "azure/d, /eu/openai/responses, ', dialects: [responses]', /v1/responses, "
                + "/eu/openai/responses?api-version=2025-04-01-preview"
    })
    void azureIsAskedForResponsesWhereItHasThem(String model, String base, String more, String path, String asked) {
        try (var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            params: {model: %s, api_base: "%s%s", api_key: sk-upstream%s}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(model, upstream.url(), base, more));
                RawClient client = post(gateway, path, body(path, false))) {
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo(asked);
            assertThat(request.header("api-key")).contains("sk-upstream");
            assertThat(json(request.bodyText()).path("model").asString()).isEqualTo("d");
            assertThat(client.readHead().status()).isEqualTo(500);
        }
    }

    @Test
    void anErrorComesInTheCallersEnvelope() {
        Script broken = OpenAiScripts.error(429, "rate_limit_error", "rate_limit_exceeded", "Slow down.");
        try (var upstream = ScriptedUpstream.start().always(broken);
                var gateway = gateway("openai/gpt-4o-mini", upstream.url(), "litellm_settings: {num_retries: 0}");
                RawClient client = post(gateway, "/v1/messages", body("/v1/messages", true))) {
            RawClient.Head head = client.readHead();
            JsonNode error = json(client.readBody().text());
            assertThat(head.status()).isEqualTo(429);
            assertThat(error.path("type").asString()).isEqualTo("error");
            assertThat(error.at("/error/type").asString()).isEqualTo("rate_limit_error");
            assertThat(error.path("request_id").asString())
                    .isEqualTo(head.header("request-id").orElseThrow());
        }
    }

    @Test
    void aRefusalComesInTheCallersEnvelope() {
        try (var gateway = gateway("openai/gpt-4o-mini", ScriptedUpstream.refusingUrl());
                RawClient client = post(gateway, "/v1/messages", "{\"model\":\"nothing\",\"messages\":[]}")) {
            client.readHead();
            assertThat(json(client.readBody().text()).path("type").asString()).isEqualTo("error");
        }
    }

    @Test
    void aStreamOfAnthropicsWithoutItsEndIsCut() {
        Script cut = Script.sse()
                .event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\",\"content\":[],"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}")
                .event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                .event(
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}")
                .event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                .event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}")
                .build();
        for (String path : new String[] {"/v1/messages", "/v1/chat/completions", "/v1/responses"}) {
            try (var upstream = ScriptedUpstream.start().always(cut);
                    var gateway = gateway("anthropic/claude-x", upstream.url());
                    RawClient client = post(gateway, path, body(path, true))) {
                client.readHead();
                String text = client.readBody().text();
                assertThat(text)
                        .as(path)
                        .contains("event: error")
                        .doesNotContain("message_stop", "[DONE]", "response.completed");
                assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("cut");
                Chats.settled(gateway);
            }
        }
    }

    @Test
    void aConversationGoesOnOverAnyUpstream() {
        try (var upstream = ScriptedUpstream.start().always(anthropic(false));
                var gateway = gateway("anthropic/claude-x", upstream.url());
                RawClient client = post(gateway, "/v1/responses", body("/v1/responses", false))) {
            client.readHead();
            String id = json(client.readBody().text()).path("id").asString();
            assertThat(id).startsWith("resp_");
            upstream.takeRequest(Chats.SOON);
            client.post(
                    "/v1/responses",
                    HEADERS,
                    "{\"model\":\"m\",\"input\":\"And then?\",\"previous_response_id\":\"" + id + "\"}");
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readBody();
            JsonNode messages =
                    json(upstream.takeRequest(Chats.SOON).bodyText()).path("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.toString()).contains("Hello", "Hi", "And then?");
            client.get("/v1/responses/" + id, HEADERS);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(json(client.readBody().text()).path("id").asString()).isEqualTo(id);
            client.get("/v1/responses/resp_unknown", HEADERS);
            assertThat(client.readHead().status()).isEqualTo(404);
            client.readBody();
            client.post(
                    "/v1/responses",
                    HEADERS,
                    "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":\"resp_unknown\"}");
            assertThat(client.readHead().status()).isEqualTo(400);
        }
    }

    @Test
    void anItemIsReferredToWhoeverAnsweredIt() {
        try (var upstream = ScriptedUpstream.start().always(anthropic(false));
                var gateway = gateway("anthropic/claude-x", upstream.url());
                RawClient client = post(gateway, "/v1/responses", body("/v1/responses", false))) {
            client.readHead();
            String item = json(client.readBody().text()).at("/output/0/id").asString();
            upstream.takeRequest(Chats.SOON);
            client.post("/v1/responses", HEADERS, referring(item));
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readBody();
            JsonNode messages =
                    json(upstream.takeRequest(Chats.SOON).bodyText()).path("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.at("/1/role").asString()).isEqualTo("assistant");
            client.post("/v1/responses", HEADERS, referring("msg_unknown"));
            assertThat(client.readHead().status()).isEqualTo(400);
            assertThat(client.readBody().text()).contains("item_reference");
        }
    }

    private static String referring(String item) {
        return "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"x\"},"
                + "{\"type\":\"item_reference\",\"id\":\"" + item + "\"},"
                + "{\"role\":\"user\",\"content\":\"And then?\"}]}";
    }

    @Test
    void tokensAreCounted() {
        try (var gateway = gateway("openai/gpt-x", ScriptedUpstream.refusingUrl());
                RawClient client = post(gateway, "/v1/messages/count_tokens", body("/v1/messages", false))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(json(client.readBody().text()).path("input_tokens").asInt())
                    .isBetween(1, 20);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai_like/gpt, /v1/messages",
        "openai_like/gpt, /v1/responses",
        "anthropic/claude-x, /v1/responses",
        "anthropic/claude-x, /v1/chat/completions",
        "openai/responses/gpt, /v1/messages",
        "anthropic/claude-x, /v1/messages",
        "openai/responses/gpt, /v1/responses"
    })
    void whatIsSaidToTheGatewayIsNeitherSentNorMissed(String model, String path) {
        String own = "\"fallbacks\":[],\"disable_fallbacks\":true,\"num_retries\":0,\"tags\":[\"default\"],"
                + "\"allowed_model_region\":\"eu\",";
        Script answer = model.startsWith("anthropic")
                ? anthropic(false)
                : model.contains("responses") ? ResponsesScripts.response("Hi") : OpenAiScripts.completion("Hi");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            params: {model: %s, api_base: "%s", api_key: sk-upstream, region_name: eu}
                        """.formatted(model, upstream.url()));
                RawClient client = post(gateway, path, body(path, false).replaceFirst("\\{", "{" + own))) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).as(client.readBody().text()).isEqualTo(200);
            assertThat(head.header("x-thalweg-warnings")).isEmpty();
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .doesNotContain("fallbacks", "num_retries", "tags", "allowed_model_region");
        }
    }

    @ParameterizedTest
    @CsvSource({"anthropic/claude-x", "openai/responses/gpt"})
    void oldFunctionsAreToolsAndNothingOfThemIsMissed(String model) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                + "\"functions\":[{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}],"
                + "\"function_call\":{\"name\":\"weather\"}}";
        Script answer = model.startsWith("anthropic") ? anthropic(false) : ResponsesScripts.response("Hi");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = gateway(model, upstream.url());
                RawClient client = post(gateway, "/v1/chat/completions", body)) {
            RawClient.Head head = client.readHead();
            String text = client.readBody().text();
            assertThat(head.status()).as(text).isEqualTo(200);
            assertThat(head.header("x-thalweg-warnings")).isEmpty();
            assertThat(text).doesNotContain("thalweg_warnings");
            JsonNode sent = json(upstream.takeRequest(Chats.SOON).bodyText());
            assertThat(sent.at("/tools/0/name").asString()).isEqualTo("weather");
            assertThat(sent.at("/tool_choice/name").asString()).isEqualTo("weather");
            assertThat(sent.has("functions")).isFalse();
        }
    }

    @Test
    void whatTheOtherProtocolCannotSayIsNamed() {
        String body = "{\"model\":\"m\",\"seed\":7,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        try (var upstream = ScriptedUpstream.start().always(anthropic(false));
                var gateway = gateway("anthropic/claude-x", upstream.url());
                RawClient client = post(gateway, "/v1/chat/completions", body)) {
            RawClient.Head head = client.readHead();
            assertThat(head.header("x-thalweg-warnings").orElse("")).contains("seed");
            assertThat(client.readBody().text()).contains("\"thalweg_warnings\"", "seed");
        }
    }
}
