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

/** Tokens are counted by Anthropic where Anthropic would answer, else they are an estimate, and callers see which. */
class TokenCountTest {
    private static final String BODY =
            "{\"model\":\"m\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"new\":1}";

    private static TestGateway gateway(String model, String url, String more) {
        return TestGateway.of("""
                model_list:
                  - {model_name: m, params: {model: %s, api_base: "%s", api_key: sk-upstream-canary%s}}
                thalweg_settings: {num_retries: 1}
                """.formatted(model, url, more));
    }

    private static Chats.Answer ask(TestGateway gateway, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            Map<String, String> headers = Map.of("Content-Type", "application/json", "anthropic-beta", "some-beta");
            client.post("/v1/messages/count_tokens", headers, body);
            return Chats.read(client);
        }
    }

    private static String how(Chats.Answer answer) {
        return answer.head().header("x-thalweg-token-count").orElse("");
    }

    @Test
    void anthropicCounts() {
        String counted = "{\"input_tokens\": 2095, \"more\":[]}";
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}"))
                        .always(Script.json(200, counted));
                var gateway = gateway("anthropic/claude-x", upstream.url(), ", max_tokens: 7")) {
            Chats.Answer answer = ask(gateway, BODY);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(counted);
            assertThat(how(answer)).isEqualTo("provider");
            assertThat(answer.head().header("x-thalweg-attempts")).contains("2");
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/v1/messages/count_tokens");
            assertThat(asked.header("x-api-key")).contains("sk-upstream-canary");
            assertThat(asked.header("anthropic-version")).isPresent();
            assertThat(asked.header("anthropic-beta")).contains("some-beta");
            assertThat(asked.bodyText()).isEqualTo(BODY.replace("\"m\"", "\"claude-x\""));
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("input_tokens").asInt(-1)).isZero();
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void whereTheProviderHasNoSuchPathItIsAnEstimate(int status) {
        try (var upstream = ScriptedUpstream.start().always(Script.json(status, "{\"error\":{\"message\":\"no\"}}"));
                var gateway = gateway("anthropic/claude-x", upstream.url(), "")) {
            Chats.Answer answer = ask(gateway, BODY);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(json(answer.body()).path("input_tokens").asInt()).isBetween(5, 30);
            assertThat(how(answer)).isEqualTo("estimate");
            assertThat(upstream.requests()).hasSize(1);
            Chats.settled(gateway);
        }
    }

    @Test
    void otherErrorsAreTold() {
        String error =
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages: no\"}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(400, error));
                var gateway = gateway("anthropic/claude-x", upstream.url(), "")) {
            Chats.Answer answer = ask(gateway, BODY);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(json(answer.body()).at("/error/message").asString()).isEqualTo("messages: no");
            assertThat(json(answer.body()).path("type").asString()).isEqualTo("error");
        }
    }

    @Test
    void otherModelsAreEstimatedWithoutAnybodyBeingAsked() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("openai/gpt-x", upstream.url(), ", dialects: [anthropic]")) {
            Chats.Answer answer = ask(gateway, BODY);
            assertThat(json(answer.body()).path("input_tokens").asInt()).isBetween(5, 30);
            assertThat(how(answer)).isEqualTo("estimate");
            assertThat(how(ask(gateway, BODY.replace("\"m\"", "\"unknown\"")))).isEqualTo("estimate");
            assertThat(upstream.requests()).isEmpty();
            Chats.settled(gateway);
        }
    }

    @Test
    void aGroupOfBothAnswersAsWhoIsAskedDoes() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, "{\"input_tokens\":1}"));
                var gateway = TestGateway.of("""
                        model_list:
                          - {model_name: m, params: {model: openai/gpt-x, api_base: "%1$s", api_key: k, order: 1}}
                          - {model_name: m, params: {model: anthropic/c, api_base: "%1$s", api_key: k, order: 2}}
                        """.formatted(upstream.url()))) {
            Chats.Answer answer = ask(gateway, BODY);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(how(answer)).isEqualTo("estimate");
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
