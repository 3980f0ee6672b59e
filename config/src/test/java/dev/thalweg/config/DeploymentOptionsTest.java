package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentOptionsTest {
    @Test
    void unknownParamsBecomeRequestDefaultsAndAreListed() {
        GatewayConfig config = Configs.read("""
                model_list:
                - model_name: m
                  params:
                    model: ollama/llama3
                    temperature: 0.20
                    stop: ["a\\n", 'é"']
                    chat_template_kwargs: {enable_thinking: no, depth: 010}
                    extra_body: {modle: yes, since: 2024-01-02}
                """);

        assertThat(config.deployments().get(0).requestDefaults())
                .containsExactly(
                        Map.entry("temperature", "0.2"),
                        Map.entry("stop", "[\"a\\n\",\"é\\\"\"]"),
                        Map.entry("chat_template_kwargs", "{\"enable_thinking\":false,\"depth\":8}"),
                        Map.entry("modle", "true"),
                        Map.entry("since", "\"2024-01-02\""));
        assertThat(Configs.notices(config, Notice.Kind.REQUEST_DEFAULT))
                .hasSize(5)
                .contains("config.yaml:5: model_list[0].params.temperature is sent with requests that do not set"
                        + " 'temperature'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai/m | openai, responses",
                "openai/m, dialects: [openai] | openai",
                "openai/m, dialects: anthropic | anthropic",
                "openai/m, dialects: [anthropic, openai, anthropic] | anthropic, openai",
                "openai/responses/m | responses",
                "openai/responses/m, dialects: [openai] | openai",
                "text-completion-openai/m | completions",
                "hosted_vllm/m, dialects: [openai, completions, responses] | openai, completions, responses",
                "thalweg/demo, dialects: [anthropic] | openai",
            })
    void theProtocolsItIsAskedIn(String params, String dialects) {
        Deployment deployment = Configs.deployment("api_key: k, api_base: 'http://h:1', model: " + params);

        assertThat(String.join(", ", deployment.upstream().dialects())).isEqualTo(dialects);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dialects: [openia] | unknown protocol 'openia'; did you mean 'openai'?",
                "dialects: [chat] | expected one of openai, completions, responses, anthropic",
                "dialects: [] | expected a list of protocols, of openai, completions, responses, anthropic",
                "dialects: {openai: true} | expected a list of texts",
                "dialect: [openai] | did you mean 'dialects'?",
            })
    void protocolsThatDoNotExistAreRefused(String params, String words) {
        assertThat(Configs.deploymentProblems("model: openai/m, api_key: k, " + params))
                .singleElement()
                .asString()
                .startsWith("config.yaml:1:")
                .contains(words);
    }

    @Test
    void mocks() {
        Deployment deployment = Configs.deployment("model: openai/gpt-4o, mock_response: {a: [1]}, mock_delay: 250ms");

        assertThat(deployment.mockResponse()).isEqualTo("{\"a\":[1]}");
        assertThat(deployment.mockDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(deployment.disabled()).as("a mock needs no key").isNull();
        assertThat(Configs.deployment("model: openai/gpt-4o, mock_response: Hi").mockResponse())
                .isEqualTo("\"Hi\"");
    }

    @Test
    void headersOfTheOperator() {
        Deployment deployment = Configs.local("extra_headers: {X-Team: search, x-number: 7}, organization: org-1");

        assertThat(deployment.upstream().headers())
                .containsExactly(Map.entry("X-Team", "search"), Map.entry("x-number", "7"));
        assertThat(deployment.upstream().organization()).isEqualTo("org-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: x",
                "Content-Length: 1",
                "connection: close",
                "Transfer-Encoding: chunked",
                "'a b': x",
                "'': x",
                "x: \"a\\r\\nb: c\"",
                "x: \"a\\0b\"",
                "x: {}",
                "A: 1, a: 2"
            })
    void headersThatBreakAConnectionAreRefused(String header) {
        assertThat(Configs.deploymentProblems("model: ollama/m, extra_headers: {" + header + "}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // params | unary total | failover | first token | idle | stream total
                "timeout: 60 | 60 | - | 60 | 60 | -",
                "timeout: 60, stream_timeout: 20 | 60 | 20 | 60 | 20 | -",
                "stream_timeout: 20 | 600 | 20 | 600 | 20 | -",
                "stream_timeout: 20, first_token_failover: 3 | 600 | 3 | 600 | 20 | -",
                "stream_timeout: 20, first_token_failover: 0 | 600 | - | 600 | 20 | -",
                "first_token_failover: 3, first_token_timeout: 9 | 600 | 3 | 9 | 300 | -",
                "request_timeout: 100 | 100 | - | 100 | 100 | -",
                "request_timeout: 900 | 900 | - | 900 | 300 | -",
                "timeout: 60, total_timeout: 2m | 120 | - | 60 | 60 | 120",
                "timeout: 60, first_token_timeout: 5, idle_timeout: 7 | 60 | - | 5 | 7 | -",
                "idle_timeout: 0.5s | 600 | - | 600 | 0.5 | -",
            })
    void timeoutsMeanWhatTheyMeanInLiteLlm(
            String params, double total, String failover, double token, double idle, String streamTotal) {
        Timeouts timeouts = Configs.local(params).timeouts();

        assertThat(timeouts.unary()).isEqualTo(new Timeouts.Unary(seconds(total), seconds(total)));
        assertThat(timeouts.stream())
                .isEqualTo(new Timeouts.Stream(
                        seconds(token), seconds(token), optional(failover), seconds(idle), optional(streamTotal)));
    }

    @Test
    void firstByteStandsApart() {
        Timeouts timeouts = Configs.local("first_byte_timeout: 3, connect_timeout: 1, pool_timeout: 2")
                .timeouts();

        assertThat(timeouts.connect()).isEqualTo(seconds(1));
        assertThat(timeouts.pool()).isEqualTo(seconds(2));
        assertThat(timeouts.unary()).isEqualTo(new Timeouts.Unary(seconds(3), seconds(600)));
        assertThat(timeouts.stream().firstByte()).isEqualTo(seconds(3));
        assertThat(timeouts.stream().firstToken()).isEqualTo(seconds(600));
    }

    @Test
    void aDeploymentsTimeoutWinsOverTheGlobalOneOfTheSameKey() {
        Deployment deployment = Configs.read("""
                model_list: [{model_name: m, params: {model: ollama/x, idle_timeout: 5}}]
                thalweg_settings: {idle_timeout: 50, timeout: 40}
                """).deployments().get(0);

        assertThat(deployment.timeouts().stream().idle()).isEqualTo(seconds(5));
        assertThat(deployment.timeouts().stream().firstToken()).isEqualTo(seconds(40));
    }

    @Test
    void whatDescribesAModelDecidesNothingAndIsListed() {
        GatewayConfig config = Configs.read("""
                model_list:
                - model_name: m
                  params: {model: ollama/llama3, max_tokens: 5}
                  model_info:
                    max_tokens: 4096
                    max_input_tokens: 100
                    max_output_tokens: 10
                    mode: embedding
                    supports_vision: true
                """);

        assertThat(config.deployments().get(0).requestDefaults()).containsExactly(Map.entry("max_tokens", "5"));
        assertThat(Configs.notices(config, Notice.Kind.NOT_IN_EFFECT))
                .hasSize(5)
                .allMatch(text -> text.contains("model_info.") && text.endsWith("is not in effect"));
    }

    @Test
    void aKeyWithoutAValueCountsAsNotWritten() {
        Deployment deployment = Configs.local("timeout: null, weight: ~, api_key: , temperature: ");

        assertThat(deployment.timeouts()).isEqualTo(Settings.defaults().timeouts());
        assertThat(deployment.candidate().weight()).isNull();
        assertThat(deployment.requestDefaults()).isEmpty();
    }

    private static @Nullable Duration optional(String seconds) {
        return seconds.equals("-") ? null : seconds(Double.parseDouble(seconds));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
