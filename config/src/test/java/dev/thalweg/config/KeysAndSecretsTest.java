package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.upstream.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are compared in constant time and come out nowhere. */
class KeysAndSecretsTest {
    private static final String DEMO = "model_list: [{model_name: m, params: {model: thalweg/demo}}]\n";

    @Test
    void aSecretDoesNotShow() {
        Secret secret = new Secret("canary");

        assertThat(secret)
                .hasToString("[secret]")
                .isEqualTo(new Secret("canary"))
                .hasSameHashCodeAs(new Secret("canary"));
        assertThat(secret).isNotEqualTo(new Secret("canarz")).isNotEqualTo("canary");
        assertThat(secret.matches("canary")).isTrue();
        assertThat(secret.matches("canary ")).isFalse();
        assertThat(secret.reveal()).isEqualTo("canary");
    }

    @Test
    void staticKeysMayBeLimitedToModels() {
        List<StaticKey> keys = Configs.read(DEMO + """
                keys:
                - {name: all, key: a}
                - {name: some, key: b, models: [m, "groq/*"]}
                """).keys();

        assertThat(keys.get(0).allows("anything")).isTrue();
        assertThat(keys.get(1).allows("m")).isTrue();
        assertThat(keys.get(1).allows("groq/llama")).isTrue();
        assertThat(keys.get(1).allows("openai/gpt-4o")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys: [{name: a, key: canary}, {name: a, key: other}]",
                "keys: [{name: a, key: canary}, {name: b, key: canary}]",
                "keys: [{name: a, key: canary-master}]\ngeneral_settings: {master_key: canary-master}",
                "keys: [{name: a, key: canary, models: []}]",
                "keys: [{nmae: a, key: canary}]",
                "keys: [canary]",
                "keys: canary",
            })
    void aMuddleOfKeysIsRefusedWithoutShowingThem(String section) {
        assertThat(Configs.problems(DEMO + section))
                .singleElement()
                .asString()
                .startsWith("config.yaml:2:")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "general_settings: {master_key: [canary-secret]}",
                "general_settings: canary-secret",
                "general_settings: {canary-secret}",
                "general_settings: {master_key=canary-secret}",
                "keys: {name: canary-secret}",
                "litellm_settings: {request_timeout: canary-secret}",
                "litellm_settings: {num_retries: sk-canary}",
                "litellm_settings: {num_retries: os.environ/SECRET}",
                "thalweg_settings: {transport: canary-secret-key}",
                "environment_variables: [canary-secret]",
                "router_settings: {timeout: *canary-secret}",
                "router_settings: {timeout: !canary-secret!x y}",
                "router_settings: {timeout: \"canary-secret",
                "sk-canary-secret",
                "'sk-canary-secret': 1",
            })
    void whateverIsWrongTheMessageShowsNoSecret(String section) {
        List<String> problems = Configs.problems(DEMO + section, Map.of("SECRET", "canary-value"), Strictness.CHECK);

        assertThat(problems).isNotEmpty().noneMatch(text -> text.contains("canary-"));
    }

    @ParameterizedTest
    @EnumSource(Strictness.class)
    void noSecretComesOutOfAReadFile(Strictness strictness) {
        Map<String, String> environment =
                Map.of("AZURE_API_KEY", "canary-azure", "MASTER", "canary-master", "OPENAI_API_KEY", "canary-openai");
        Path file = Path.of("src/test/resources/config/fleet.yaml");
        ConfigResult result = ConfigLoader.load(file, environment, strictness);
        GatewayConfig config = result.orThrow();
        List<String> outputs =
                new ArrayList<>(List.of(ConfigReport.text(result), config.toString(), result.toString()));
        config.deployments().forEach(deployment -> outputs.add(deployment.toString()));

        assertThat(outputs).noneMatch(text -> text.contains("canary"));
    }

    @Test
    void headersAndRequestDefaultsDoNotShowEither() {
        ConfigResult result = ConfigLoader.parse(
                "config.yaml",
                "model_list: [{model_name: m, params: {model: ollama/x, extra_headers: {x-key: canary}, my_token: canary,"
                        + " mock_response: canary}}]\nkeys: [{name: a, key: canary}]",
                Map.of());

        assertThat(result.toString()).doesNotContain("canary");
        assertThat(ConfigReport.text(result)).doesNotContain("canary").contains("my_token");
    }
}
