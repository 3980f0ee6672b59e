package dev.thalweg.gateway.config;

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
