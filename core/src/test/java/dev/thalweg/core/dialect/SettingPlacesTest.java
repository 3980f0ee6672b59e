package dev.thalweg.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.bedrock.BedrockDialect;
import dev.thalweg.core.dialect.cohere.CohereDialect;
import dev.thalweg.core.dialect.gemini.GeminiDialect;
import dev.thalweg.core.dialect.ollama.OllamaDialect;
import dev.thalweg.core.dialect.openai.CompletionsDialect;
import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.dialect.responses.ResponsesDialect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingPlacesTest {
    private static SettingPlaces of(String dialect) {
        return Stream.of(
                        new OpenAiDialect(),
                        new CompletionsDialect(),
                        ResponsesDialect.INSTANCE,
                        new AnthropicDialect(),
                        new GeminiDialect(),
                        new BedrockDialect(),
                        OllamaDialect.CHAT,
                        OllamaDialect.GENERATE,
                        new CohereDialect())
                .filter(one -> one.name().equals(dialect))
                .findFirst()
                .orElseThrow()
                .settings();
    }

    /** The table of docs/configuration.md. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai | max_tokens | max_tokens",
                "openai | stop | stop",
                "completions | max_completion_tokens | max_tokens",
                "responses | max_tokens | max_output_tokens",
                "responses | max_completion_tokens | max_output_tokens",
                "responses | reasoning_effort | reasoning.effort",
                "responses | verbosity | text.verbosity",
                "responses | top_p | top_p",
                "anthropic | max_tokens | max_tokens",
                "anthropic | max_completion_tokens | max_tokens",
                "anthropic | stop | stop_sequences",
                "anthropic | user | metadata.user_id",
                "anthropic | top_k | top_k",
                "gemini | max_tokens | generationConfig.maxOutputTokens",
                "gemini | max_completion_tokens | generationConfig.maxOutputTokens",
                "gemini | temperature | generationConfig.temperature",
                "gemini | top_p | generationConfig.topP",
                "gemini | top_k | generationConfig.topK",
                "gemini | n | generationConfig.candidateCount",
                "gemini | stop | generationConfig.stopSequences",
                "gemini | seed | generationConfig.seed",
                "gemini | presence_penalty | generationConfig.presencePenalty",
                "gemini | frequency_penalty | generationConfig.frequencyPenalty",
                "gemini | safety_settings | safetySettings",
                "gemini | cached_content | cachedContent",
                "gemini | labels | labels",
                "bedrock | max_tokens | inferenceConfig.maxTokens",
                "bedrock | max_completion_tokens | inferenceConfig.maxTokens",
                "bedrock | temperature | inferenceConfig.temperature",
                "bedrock | top_p | inferenceConfig.topP",
                "bedrock | stop | inferenceConfig.stopSequences",
                "bedrock | guardrailConfig | guardrailConfig",
                "bedrock | top_k | additionalModelRequestFields.top_k",
                "ollama | max_tokens | options.num_predict",
                "ollama | max_completion_tokens | options.num_predict",
                "ollama | temperature | options.temperature",
                "ollama | top_p | options.top_p",
                "ollama | top_k | options.top_k",
                "ollama | stop | options.stop",
                "ollama | num_ctx | options.num_ctx",
                "ollama | keep_alive | keep_alive",
                "ollama-generate | seed | options.seed",
                "cohere | max_tokens | max_tokens",
                "cohere | max_completion_tokens | max_tokens",
                "cohere | top_p | p",
                "cohere | top_k | k",
                "cohere | stop | stop_sequences",
                "cohere | seed | seed"
            })
    void settingsStandWhereTheProtocolHasThem(String dialect, String name, String place) {
        int dot = place.indexOf('.');
        Map<String, String> expected = dot < 0
                ? Map.of(place, "7")
                : Map.of(place.substring(0, dot), "{\"" + place.substring(dot + 1) + "\":7}");
        assertThat(of(dialect).spelled(Map.of(name, "7"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"openai, \"END\"", "cohere, [\"END\"]", "anthropic, [\"END\"]"})
    void oneStopIsAListWhereOnlyListsAreTaken(String dialect, String stop) {
        assertThat(of(dialect).spelled(Map.of("stop", "\"END\"")).values()).containsExactly(stop);
    }

    @Test
    void ofTwoThatMeanTheSameTheFirstCounts() {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("top_p", "0.5");
        both.put("p", "0.7");
        assertThat(of("cohere").spelled(both)).isEqualTo(Map.of("p", "0.5"));
    }

    @Test
    void anObjectOfSettingsIsSaidMemberByMember() {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("temperature", "1");
        both.put("generation_config", "{\"temperature\":2,\"responseModalities\":[\"TEXT\"]}");
        assertThat(of("gemini").spelled(both))
                .isEqualTo(Map.of("generationConfig", "{\"temperature\":1,\"responseModalities\":[\"TEXT\"]}"));
        assertThat(of("bedrock").spelled(Map.of("additionalModelRequestFields", "{\"a\":1}", "b", "2")))
                .containsOnlyKeys("additionalModelRequestFields");
        assertThat(of("gemini").gathers("generationConfig")).isTrue();
        assertThat(of("gemini").gathers("labels")).isFalse();
    }
}
