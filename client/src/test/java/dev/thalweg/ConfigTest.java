package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's configuration file in a program. */
class ConfigTest extends SdkTest {
    @TempDir
    Path directory;

    private Thalweg.Builder configured(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yaml"), yaml.replace("URL", upstream.url()));
        return Thalweg.builder().environment(Map.of("MY_KEY", "sk-canary")).config(file);
    }

    private String body(Thalweg client, String model) {
        upstream.always(OpenAiScripts.completion("Hi"));
        client.complete(model, "Hello");
        return upstream.takeRequest(SOON).bodyText();
    }

    @Test
    void modelsAccountsAndDefaultsAreThoseOfTheFile() throws IOException {
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: fast
                            litellm_params:
                              model: groq/llama-3.1-8b
                              api_base: URL/openai/v1
                              api_key: os.environ/MY_KEY
                              temperature: 0.25
                              extra_headers: {x-team: search}
                        router_settings: {model_group_alias: {quick: fast}}
                        """).build()) {
            upstream.always(OpenAiScripts.completion("Hi"));
            client.complete("quick", "Hello");
            RecordedRequest request = upstream.takeRequest(SOON);
            assertThat(request.target()).isEqualTo("/openai/v1/chat/completions");
            assertThat(request.header("authorization")).contains("Bearer sk-canary");
            assertThat(request.header("x-team")).contains("search");
            assertThat(request.bodyText()).contains("\"model\":\"llama-3.1-8b\"", "\"temperature\":0.25");
        }
    }

    @Test
    void otherProtocolsAreSpokenAsInTheGateway() throws IOException {
        upstream.always(
                Script.json(
                        200,
                        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[{\"type\":\"text\","
                                + "\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: claude
                            litellm_params: {model: anthropic/claude-x, api_base: URL, api_key: k, max_tokens: 77, stop: [END]}
                        """).build()) {
            assertThat(client.complete("claude", "Hello").content()).isEqualTo("Hi");
            assertThat(upstream.takeRequest(SOON).bodyText())
                    .contains("\"max_tokens\":77", "\"stop_sequences\":[\"END\"]");
        }
    }

    @Test
    void retriesAndFallbacksAreThoseOfTheFile() throws IOException {
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: fast
                            litellm_params: {model: openai/a, api_base: URL/v1, api_key: k}
                          - model_name: slow
                            litellm_params: {model: openai/b, api_base: URL/v1, api_key: k}
                        litellm_settings: {num_retries: 0, fallbacks: [{fast: [slow]}]}
                        """).build()) {
            upstream.enqueue(Script.json(500, "{\"error\":{\"message\":\"no\"}}"));
            upstream.enqueue(OpenAiScripts.completion("From b"));
            ChatResponse response = client.complete("fast", "Hello");
            assertThat(response.content()).isEqualTo("From b");
            assertThat(response.attempts())
                    .extracting(attempt -> attempt.model())
                    .containsExactly("openai/a", "openai/b");
        }
    }

    @Test
    void aPatternServesWhateverFitsIt() throws IOException {
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: mine/*
                            litellm_params: {model: openai/*, api_base: URL/v1, api_key: k}
                          - model_name: mine/special-*
                            litellm_params: {model: openai/other-*, api_base: URL/v1, api_key: k}
                          - model_name: mine/exact
                            litellm_params: {model: openai/one, api_base: URL/v1, api_key: k}
                        """).build()) {
            assertThat(body(client, "mine/gpt-4o")).contains("\"model\":\"gpt-4o\"");
            assertThat(body(client, "mine/special-7")).contains("\"model\":\"other-7\"");
            assertThat(body(client, "mine/exact")).contains("\"model\":\"one\"");
        }
    }

    @Test
    void clocksAreADeploymentsOwn() throws IOException {
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: fast
                            litellm_params: {model: openai/a, api_base: URL/v1, api_key: k, first_byte_timeout: 0.05}
                        litellm_settings: {num_retries: 0}
                        """).build()) {
            upstream.always(Script.hang());
            assertThat(catchThrowableOfType(TimeoutException.class, () -> client.complete("fast", "Hello"))
                            .code())
                    .contains("first_byte_timeout");
        }
    }

    @Test
    void pricesAreThoseOfTheFile() throws IOException {
        List<CallRecord> ended = new ArrayList<>();
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: fast
                            litellm_params:
                              {model: openai/mine, api_base: URL/v1, api_key: k, input_cost_per_token: 0.5, output_cost_per_token: 2}
                        """)
                .listener(new CallListener() {
                    @Override
                    public void ended(CallRecord call) {
                        ended.add(call);
                    }
                })
                .build()) {
            upstream.always(Script.json(
                    200,
                    "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                            + "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":"
                            + "{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}"));
            client.complete("fast", "Hello");
            assertThat(ended.get(0).cost().digits().orElseThrow()).isEqualTo("5.5");
        }
    }

    @Test
    void whatCannotBeServedHereSaysWhy() throws IOException {
        try (Thalweg client = configured("""
                        model_list:
                          - model_name: unkeyed
                            litellm_params: {model: openai/a, api_key: os.environ/NOT_SET}
                          - model_name: played
                            litellm_params: {model: openai/a, mock_response: Hi}
                        """).build()) {
            assertThatThrownBy(() -> client.complete("unkeyed", "Hello"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("NOT_SET");
            assertThatThrownBy(() -> client.complete("played", "Hello"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("gateway");
        }
    }

    @Test
    void mistakesAreToldAllAtOnceWithTheirLines() throws IOException {
        Thalweg.Builder builder = configured("""
                model_list:
                  - modle_name: fast
                    litellm_params: {model: opnai/a, api_key: sk-secret-thing}
                """);
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("config.yaml:2")
                .withMessageContaining("model_name")
                .withMessageContaining("openai")
                .withMessageNotContaining("sk-secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Thalweg.builder().config(directory.resolve("none.yaml")).build())
                .withMessageContaining("none.yaml");
    }
}
