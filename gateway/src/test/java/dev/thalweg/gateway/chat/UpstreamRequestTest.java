package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a provider is asked: its own path, key and names, and nothing of the caller's. */
class UpstreamRequestTest {
    private static RecordedRequest asked(String model, String path, String options, String body) {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.of(
                        """
                        model_list:
                          - model_name: gpt
                            params: {model: "%s", api_base: "%s", api_key: sk-upstream%s}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(model, upstream.url() + path, options.isEmpty() ? "" : ", " + options))) {
            assertThat(ask(gateway, body).status()).isEqualTo(200);
            return upstream.takeRequest(SOON);
        }
    }

    @Test
    void theBodyIsTheCallersButForModelAndUsage() {
        String body =
                "{ \"model\" : \"gpt\",\"stream\":true, \"messages\":[{\"role\":\"user\",\"content\":\"H\\u00e9 🌊\"}],"
                        + "\"unknown\":{\"a\":[1.50]}}";
        RecordedRequest request = asked("openai/gpt-4o-mini", "/v1", "", body);
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.method()).isEqualTo("POST");
        String expected = body.replace("\"gpt\"", "\"gpt-4o-mini\"").substring(1);
        assertThat(request.bodyText()).endsWith(expected);
        assertThat(json(request.bodyText()).at("/stream_options/include_usage").asBoolean())
                .isTrue();
        assertThat(request.header("content-length")).contains(Integer.toString(request.body().length));
    }

    /** Short ones are sent in one piece, long ones from where they came in, very long ones are read in an array of their own. */
    @ParameterizedTest
    @ValueSource(ints = {16_000, 17_000, 40_000, 300_000, 1_500_000})
    void aBodyOfAnyLengthIsTheCallersEveryTimeItIsSent(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("line ").append(i).append(" says \\\"Grüße 🌊\\\"\\n");
        }
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}],\"model\":\"gpt\",\"n\":1}";
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.status(500).build())
                        .always(OpenAiScripts.completion("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 1")) {
            assertThat(ask(gateway, body).status()).isEqualTo(200);
            String expected = body.replace("\"gpt\"", "\"gpt-4o-mini\"");
            assertThat(upstream.takeRequest(SOON).bodyText()).isEqualTo(expected);
            assertThat(upstream.takeRequest(SOON).bodyText()).isEqualTo(expected);
            Chats.settled(gateway);
        }
    }

    @Test
    void aUnaryRequestHasNoStreamOptions() {
        assertThat(asked("openai/gpt-4o-mini", "", "", unary()).bodyText()).doesNotContain("stream_options");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"stream_options\":{}'",
        "'\"stream_options\":null'",
        "'\"stream_options\":{\"include_usage\":false}'",
        "'\"stream_options\":{\"include_obfuscation\":false}'",
        "'\"stream_options\":{\"include_usage\":true}'"
    })
    void usageIsAlwaysAskedFor(String options) {
        JsonNode body =
                json(asked("openai/gpt-4o-mini", "", "", streamed(options)).bodyText());
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        if (options.contains("obfuscation")) {
            assertThat(body.at("/stream_options/include_obfuscation").asBoolean(true))
                    .isFalse();
        }
    }

    @Test
    void mistralIsNotAskedForUsage() {
        assertThat(asked("mistral/mistral-small", "/v1", "", streamed()).bodyText())
                .doesNotContain("stream_options")
                .contains("\"mistral-small\"");
    }

    @ParameterizedTest
    @CsvSource({
        "mistral/mistral-small, max_completion_tokens, max_tokens",
        "openai/o3-mini, max_tokens, max_completion_tokens",
        "openai/gpt-4o-mini, max_tokens, max_tokens"
    })
    void theTokenLimitHasTheNameTheProviderKnows(String model, String sent, String expected) {
        JsonNode body = json(asked(model, "", "", unary("\"" + sent + "\":7")).bodyText());
        assertThat(body.path(expected).asInt()).isEqualTo(7);
        if (!sent.equals(expected)) {
            assertThat(body.has(sent)).isFalse();
        }
    }

    @Test
    void defaultsFillWhatTheCallerLeftOut() {
        String options = "temperature: 0.2, max_tokens: 50, seed: 4, extra_body: {top_k: 3}";
        JsonNode body = json(asked("openai/gpt-4o-mini", "", options, unary("\"temperature\":0.9"))
                .bodyText());
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.9);
        assertThat(body.path("max_tokens").asInt()).isEqualTo(50);
        assertThat(body.path("seed").asInt()).isEqualTo(4);
        assertThat(body.path("top_k").asInt()).isEqualTo(3);
    }

    @Test
    void azureHasPathsAndAKeyHeaderOfItsOwn() {
        RecordedRequest request = asked("azure/my deploy", "", "api_version: 2024-10-21", streamed());
        assertThat(request.target())
                .isEqualTo("/openai/deployments/my%20deploy/chat/completions?api-version=2024-10-21");
        assertThat(request.header("api-key")).contains("sk-upstream");
        assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void configuredHeadersAreSent() {
        RecordedRequest request = asked(
                "openai/gpt-4o-mini",
                "",
                "organization: org-1, extra_headers: {X-Team: blue, X-Other: \"1\"}",
                unary());
        assertThat(request.header("openai-organization")).contains("org-1");
        assertThat(request.header("x-team")).contains("blue");
        assertThat(request.header("authorization")).contains("Bearer sk-upstream");
        assertThat(request.header("accept-encoding")).contains("identity");
    }

    @Test
    void nothingOfTheCallersHeadersReachesTheProvider() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: gpt
                            params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                        general_settings: {master_key: sk-caller-canary-1}
                        """.formatted(upstream.url()));
                RawClient client = gateway.connect()) {
            client.post(
                    "/v1/chat/completions",
                    Map.of(
                            "Authorization", "Bearer sk-caller-canary-1",
                            "Cookie", "session=canary",
                            "X-Forwarded-For", "10.0.0.1",
                            "X-Stainless-Lang", "canary",
                            "OpenAI-Organization", "canary",
                            "Api-Key", "canary"),
                    unary());
            assertThat(Chats.read(client).status()).isEqualTo(200);
            RecordedRequest request = upstream.takeRequest(SOON);
            assertThat(new String(request.rawHead(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("canary", "10.0.0.1")
                    .contains("Bearer sk-upstream");
        }
    }

    @Test
    void aPatternKeepsTheRestOfTheName() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: "groq/*"
                            params: {model: "groq/*", api_base: "%s", api_key: sk}
                        """.formatted(upstream.url()))) {
            Chats.Answer answer = ask(gateway, unary().replace("\"gpt\"", "\"groq/llama-3/8b\""));
            assertThat(json(answer.body()).path("model").asString()).isEqualTo("groq/llama-3/8b");
            assertThat(json(upstream.takeRequest(SOON).bodyText()).path("model").asString())
                    .isEqualTo("llama-3/8b");
        }
    }

    @Test
    void aLargeBodyArrivesWhole() {
        String text = "é".repeat(2_000_000);
        RecordedRequest request =
                asked("openai/gpt-4o-mini", "", "", streamed("\"metadata\":{\"a\":\"" + text + "\"}"));
        assertThat(json(request.bodyText()).at("/metadata/a").asString()).isEqualTo(text);
    }
}
