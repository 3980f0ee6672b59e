package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Upstreams that have only the completions before chat. */
class CompletionsUpstreamTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String LOGPROBS =
            "{\"tokens\":[\" a\"],\"token_logprobs\":[-0.5],\"top_logprobs\":[{\" a\":-0.5}],\"text_offset\":[4]}";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}";

    private static TestGateway gateway(ScriptedUpstream upstream) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params:
                      model: text-completion-openai/gpt-3.5-turbo-instruct
                      api_base: "%s"
                      api_key: sk-upstream-canary
                """.formatted(upstream.url()));
    }

    private static String chunk(int choice, String text, String reason) {
        return "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":7,\"choices\":[{\"text\":\"" + text
                + "\",\"index\":" + choice + ",\"logprobs\":" + (reason.equals("null") ? LOGPROBS : "null")
                + ",\"finish_reason\":" + reason + "}],\"model\":\"gpt-3.5-turbo-instruct\"}";
    }

    private static Script stream() {
        return Script.sse()
                .event(chunk(0, " a", "null"))
                .event(chunk(1, " b", "null"))
                .event(chunk(0, "", "\"length\""))
                .event(chunk(1, "", "\"stop\""))
                .event("{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[]," + USAGE + "}")
                .event("[DONE]")
                .build();
    }

    private static Script whole() {
        return Script.json(
                200,
                "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":7,\"model\":\"gpt-3.5-turbo-instruct\","
                        + "\"choices\":[{\"text\":\" a\",\"index\":0,\"logprobs\":" + LOGPROBS
                        + ",\"finish_reason\":\"length\"}]," + USAGE + "}");
    }

    private static String post(TestGateway gateway, String path, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, JSON, body);
            RawClient.Head head = client.readHead();
            String text = client.readBody().text();
            assertThat(head.status()).as(text).isEqualTo(200);
            return text;
        }
    }

    @Test
    void aCompletionIsPassedOnWithAllThatOnlyCompletionsHave() {
        String fields =
                "\"prompt\":[\"p\",\"q\"],\"n\":2,\"stop\":[\"x\"],\"echo\":true,\"suffix\":\"s\",\"best_of\":3,"
                        + "\"logprobs\":5,\"max_tokens\":9";
        try (var upstream = ScriptedUpstream.start().enqueue(stream()).enqueue(whole());
                var gateway = gateway(upstream)) {
            String streamed = post(gateway, "/v1/completions", "{\"model\":\"m\",\"stream\":true," + fields + "}");
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/v1/completions");
            JsonNode sent = json(request.bodyText());
            assertThat(sent.path("model").asString()).isEqualTo("gpt-3.5-turbo-instruct");
            assertThat(sent.at("/stream_options/include_usage").asBoolean()).isTrue();
            assertThat(request.bodyText()).contains(fields);
            assertThat(TestGateway.plain(streamed))
                    .isEqualTo("data: " + chunk(0, " a", "null").replace("gpt-3.5-turbo-instruct", "m") + "\n\n"
                            + "data: " + chunk(1, " b", "null").replace("gpt-3.5-turbo-instruct", "m") + "\n\n"
                            + "data: " + chunk(0, "", "\"length\"").replace("gpt-3.5-turbo-instruct", "m") + "\n\n"
                            + "data: " + chunk(1, "", "\"stop\"").replace("gpt-3.5-turbo-instruct", "m") + "\n\n"
                            + "data: [DONE]\n\n");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");

            String unary = post(gateway, "/v1/completions", "{\"model\":\"m\"," + fields + "}");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .contains(fields)
                    .doesNotContain("stream");
            assertThat(json(unary).path("model").asString()).isEqualTo("m");
            assertThat(json(unary).at("/choices/0/logprobs/token_logprobs/0").asDouble())
                    .isEqualTo(-0.5);
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChatIsSaidAsOnePrompt(boolean streams) {
        String body = "{\"model\":\"m\",\"stream\":" + streams + ",\"logprobs\":true,\"tools\":[{\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"parameters\":{}}}],\"max_completion_tokens\":9,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Hello\"}]}";
        try (var upstream = ScriptedUpstream.start().always(streams ? stream() : whole());
                var gateway = gateway(upstream)) {
            String text = post(gateway, "/v1/chat/completions", body);
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/v1/completions");
            JsonNode sent = json(request.bodyText());
            assertThat(sent.path("prompt").asString()).isEqualTo("Be brief.\n\nUser: Hello\n\nAssistant:");
            assertThat(sent.path("max_tokens").asInt()).isEqualTo(9);
            assertThat(sent.path("logprobs").asInt(-1)).isZero();
            assertThat(sent.has("tools") || sent.has("messages")).isFalse();
            assertThat(text)
                    .contains(" a", "\"token\":\" a\"", "\"finish_reason\":\"length\"", "thalweg_warnings", "'tools'")
                    .contains(streams ? "\"object\":\"chat.completion.chunk\"" : "\"object\":\"chat.completion\"")
                    .doesNotContain("token_logprobs");
            if (streams) {
                assertThat(text).contains(" b", "data: [DONE]");
            }
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    @Test
    void messagesAndResponsesReachItToo() {
        try (var upstream = ScriptedUpstream.start().always(whole());
                var gateway = gateway(upstream)) {
            String messages = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
            assertThat(json(post(gateway, "/v1/messages", "{\"model\":\"m\"," + messages + "}"))
                            .at("/content/0/text")
                            .asString())
                    .isEqualTo(" a");
            assertThat(json(upstream.takeRequest(Chats.SOON).bodyText())
                            .path("prompt")
                            .asString())
                    .isEqualTo("Hello");
            assertThat(json(post(gateway, "/v1/responses", "{\"model\":\"m\",\"input\":\"Hello\"}"))
                            .at("/output/0/content/0/text")
                            .asString())
                    .isEqualTo(" a");
        }
    }

    @Test
    void anErrorInItsStreamEndsTheCallers() {
        Script broken = Script.sse()
                .event(chunk(0, " a", "null"))
                .event("{\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\",\"code\":null}}")
                .build();
        for (String path : new String[] {"/v1/completions", "/v1/chat/completions"}) {
            try (var upstream = ScriptedUpstream.start().always(broken);
                    var gateway = gateway(upstream)) {
                String ask = path.endsWith("chat/completions")
                        ? "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]"
                        : "\"prompt\":\"Hello\"";
                String text = post(gateway, path, "{\"model\":\"m\",\"stream\":true," + ask + "}");
                assertThat(text).contains("event: error", "Overloaded").doesNotContain("[DONE]");
            }
        }
    }
}
