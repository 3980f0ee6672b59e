package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.upstream.Secret;
import dev.thalweg.model.LoopLimits;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of LiteLLM's shape load as they are, and mean here what they mean there. */
class LiteLlmFilesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "OPENAI_API_KEY", "canary-openai",
            "GROQ_API_KEY", "canary-groq",
            "AZURE_API_KEY", "canary-azure",
            "MASTER", "canary-master",
            "THALWEG_MASTER_KEY", "canary-master");

    @Test
    void theExampleOfTheIssue() {
        GatewayConfig config = load("litellm.yaml");

        Deployment mini = config.deployments().get(0);
        assertThat(mini.modelName()).isEqualTo("gpt-4o-mini");
        assertThat(mini.provider().name()).isEqualTo("openai");
        assertThat(mini.upstreamModel()).isEqualTo("gpt-4o-mini");
        assertThat(mini.apiBase()).isEqualTo(URI.create("http://127.0.0.1:9100/v1"));
        assertThat(mini.apiKey()).isEqualTo(new Secret("canary-openai"));
        assertThat(mini.timeouts().unary().total()).isEqualTo(Duration.ofSeconds(60));
        assertThat(mini.timeouts().stream().firstToken()).isEqualTo(Duration.ofSeconds(60));
        assertThat(mini.timeouts().stream().idle()).isEqualTo(Duration.ofSeconds(60));
        Deployment groq = config.deployments().get(1);
        assertThat(groq.modelName()).isEqualTo("groq/*");
        assertThat(groq.upstreamModel()).isEqualTo("*");
        assertThat(groq.apiKey()).isEqualTo(new Secret("canary-groq"));
        assertThat(groq.apiBase()).isEqualTo(URI.create("https://api.groq.com/openai/v1"));
        assertThat(config.masterKey()).isEqualTo(new Secret("canary-master"));
        assertThat(config.settings()).isEqualTo(Settings.defaults());
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void aFleetWithAnchorsAndKeysOfOtherFeatures() {
        GatewayConfig config = load("fleet.yaml");

        Deployment europe = config.deployments().get(0);
        Deployment america = config.deployments().get(1);
        Deployment llama = config.deployments().get(2);
        assertThat(europe.id()).isEqualTo("gpt-4o-eu");
        assertThat(europe.upstream().apiVersion()).isEqualTo("2024-10-21");
        assertThat(europe.candidate().weight()).isEqualTo(3);
        assertThat(europe.candidate().requestsPerMinute()).isEqualTo(480);
        assertThat(america.candidate().tokensPerMinute()).isEqualTo(100_000);
        assertThat(europe.candidate().inputPrice()).isEqualTo(new BigDecimal("0.0000025"));
        assertThat(america.candidate().tags()).containsExactly("eu");
        assertThat(config.settings().routing().policy().fallbacks())
                .containsOnly(Map.entry("gpt-4o", List.of("llama")));
        assertThat(america.upstreamModel()).isEqualTo("gpt-4o-us");
        assertThat(america.apiKey()).isEqualTo(europe.apiKey());
        assertThat(america.candidate().weight()).isEqualTo(1);
        assertThat(llama.requestDefaults()).containsExactly(Map.entry("temperature", "0.2"), Map.entry("top_k", "40"));
        assertThat(llama.numRetries()).isZero();
        assertThat(config.settings().numRetries()).isEqualTo(3);
        assertThat(llama.timeouts().unary().total()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Configs.notices(config, Notice.Kind.NOT_IN_EFFECT))
                .containsOnlyOnce(
                        "src/test/resources/config/fleet.yaml:33: router_settings.redis_host is not in effect")
                .noneMatch(text -> text.contains("fallbacks"))
                .anyMatch(text -> text.contains("supports_vision is not in effect"))
                .anyMatch(text -> text.contains("database_url is not in effect"))
                .anyMatch(text -> text.contains("model_info.team is taken as a note"))
                .anyMatch(text -> text.endsWith(
                        "guardrails is not in effect; what it guarded under LiteLLM is not guarded here"));
    }

    @ParameterizedTest
    @CsvSource({"litellm_params, litellm_settings", "params, thalweg_settings", "mishikallm_params, mishikallm_settings"
    })
    void theSpellingsAreReadTheSame(String params, String settings) {
        String yaml = """
                model_list:
                  - model_name: local
                    %s: {model: ollama/llama3, api_base: 'http://127.0.0.1:11434', timeout: 7, temperature: 0}
                %s: {num_retries: 4, REPEATED_STREAMING_CHUNK_LIMIT: 20}
                """;
        GatewayConfig native_ = Configs.read(yaml.formatted("params", "thalweg_settings"));
        GatewayConfig config = Configs.read(yaml.formatted(params, settings));

        assertThat(config.deployments()).isEqualTo(native_.deployments());
        assertThat(config.settings()).isEqualTo(native_.settings());
        assertThat(config.settings().loopLimits()).isEqualTo(LoopLimits.of(20));
    }

    @Test
    void twoSpellingsOfOneSectionMayAddToEachOther() {
        Settings settings = Configs.settings("litellm_settings: {num_retries: 4}\nthalweg_settings: {event_loops: 2}");

        assertThat(settings.numRetries()).isEqualTo(4);
        assertThat(settings.eventLoops()).isEqualTo(2);
    }

    @Test
    void twoSpellingsOfOneSectionMayNotCollide() {
        assertThat(Configs.problems("""
                model_list: [{model_name: m, params: {model: thalweg/demo}}]
                litellm_settings: {num_retries: 4}
                thalweg_settings: {num_retries: 4}
                """))
                .containsExactly("config.yaml:2:20: 'num_retries' is set in litellm_settings and, on line 3, in"
                        + " thalweg_settings, which mean the same; keep one");
    }

    @Test
    void routerSettingsWinOverLitellmSettings() {
        Settings settings = Configs.settings("""
                router_settings: {num_retries: 1, timeout: 11, stream_timeout: 12}
                litellm_settings: {num_retries: 9, timeout: 99, stream_timeout: 98}
                """);

        assertThat(settings.numRetries()).isEqualTo(1);
        assertThat(settings.timeouts().unary().total()).isEqualTo(Duration.ofSeconds(11));
        assertThat(settings.timeouts().stream().firstTokenFailover()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.timeouts().stream().firstToken()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void litellmsSizesAreReadAndOursWin() {
        assertThat(Configs.settings("general_settings: {max_request_size_mb: 3}")
                        .maxRequestBytes())
                .isEqualTo(3 << 20);
        assertThat(Configs.settings("general_settings: {max_request_bytes: 5KiB, max_request_size_mb: 3}")
                        .maxRequestBytes())
                .isEqualTo(5 << 10);
    }

    private static GatewayConfig load(String name) {
        return ConfigLoader.load(Path.of("src/test/resources/config", name), ENVIRONMENT, Strictness.CHECK)
                .orThrow();
    }
}
