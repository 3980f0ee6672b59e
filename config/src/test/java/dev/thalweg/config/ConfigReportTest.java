package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code thalweg check} prints. */
class ConfigReportTest {
    @Test
    void whatWasUnderstood() {
        ConfigResult result = ConfigLoader.parse("config.yaml", """
                model_list:
                - {model_name: fast, params: {model: groq/llama, api_key: k, timeout: 60, num_retries: 0, weight: 2}}
                - {model_name: demo, params: {model: thalweg/demo, temperature: 1}}
                thalweg_settings: {num_retries: 4, max_event_bytes: 1MiB, drop_params: true}
                general_settings: {master_key: k2}
                """, Map.of());

        assertThat(ConfigReport.text(result)).isEqualTo("""
                MODEL  UPSTREAM      HOST          KEY  RETRIES  DIFFERENT FROM THE DEFAULTS
                fast   groq/llama    api.groq.com  yes  0        weight 2, unary total 60s, stream first token 60s, stream idle 60s
                demo   thalweg/demo  -             no   4

                Callers need a key: a master key and 0 static keys.

                Settings that differ from their defaults:
                  num_retries: 4
                  max_event_bytes: 1MiB

                Request defaults:
                  config.yaml:3: model_list[1].params.temperature is sent with requests that do not set 'temperature'

                Not in effect:
                  config.yaml:4: thalweg_settings.drop_params is not in effect

                2 models, 0 problems
                """);
    }

    @Test
    void routing() {
        ConfigResult result = ConfigLoader.parse("config.yaml", """
                model_list:
                - {model_name: a, params: {model: ollama/x, rpm: 5, order: 1, tags: [eu]}}
                - {model_name: a, params: {model: ollama/y}}
                - {model_name: b, params: {model: thalweg/demo}}
                router_settings:
                  routing_strategy: least-busy
                  fallbacks: [{a: [b]}]
                  context_window_fallbacks: [{a: [b]}]
                  default_fallbacks: [a]
                  model_group_alias: {x: {model: a, hidden: true}}
                  retry_policy: {TimeoutErrorRetries: 1, RateLimitErrorRetries: 0}
                """, Map.of());

        assertThat(ConfigReport.text(result)).contains("rpm 5", "order 1, rpm 5, tags eu", "order last", """
                Settings that differ from their defaults:
                  routing_strategy: least-busy
                  retry_policy: TimeoutErrorRetries 1, RateLimitErrorRetries 0
                  fallbacks: a: b
                  context_window_fallbacks: a: b
                  default_fallbacks: a
                  model_group_alias: x: a (hidden)

                Routing:
                  a: 2 deployments by least-busy; then b; for a long prompt b
                  b: then a
                  x: an alias of a (hidden)
                """);
    }

    @Test
    void disabledDeploymentsStandOut() {
        ConfigResult result =
                ConfigLoader.parse("config.yaml", "model_list: [{model_name: m, params: {model: openai/x}}]", Map.of());

        assertThat(ConfigReport.text(result))
                .contains("m      openai/x  api.openai.com  no   2        DISABLED\n")
                .contains("No key is configured: only this machine may call.")
                .contains("Disabled:\n  config.yaml:1: 'm' is DISABLED")
                .endsWith("\n1 model, 0 problems\n");
    }

    @Test
    void problemsAsACompilerWritesThem() {
        ConfigResult result =
                ConfigLoader.load(Path.of("src/test/resources/config/three-mistakes.yaml"), Map.of(), Strictness.CHECK);

        assertThat(ConfigReport.text(result).lines()).hasSize(5).last().isEqualTo("2 models, 3 problems");
    }
}
