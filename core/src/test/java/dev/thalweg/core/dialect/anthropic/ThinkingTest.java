package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.ClaudeTraits;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the model: the form thinking is asked for in, and what goes together with it. */
class ThinkingTest {
    private static final String OLD = "claude-3-7-sonnet-20250219";
    private static final String NEW = "claude-opus-4-7";

    private final Warnings warnings = new Warnings();

    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307, false, true, 8192",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0, false, true, 8192",
        "claude-sonnet-4@20250514, false, true, 32000",
        "claude-sonnet-4-20250514, false, true, 32000",
        "claude-haiku-4-5-20251001, false, true, 32000",
        "anthropic/claude-opus-4.6, true, true, 32000",
        "claude-opus-4-7, true, false, 32000",
        "claude-sonnet-5, true, false, 32000",
        "claude-mythos-preview, true, false, 32000",
        "deepseek-chat, false, true, 8192"
    })
    void modelsByTheirVersion(String name, boolean adaptive, boolean budget, int limit) {
        ClaudeTraits model = new ClaudeTraits(name);
        assertThat(model.adaptive()).isEqualTo(adaptive);
        assertThat(model.budget()).isEqualTo(budget);
        assertThat(model.defaultMaxTokens()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "minimal, 1024, low",
                "low, 2048, low",
                "medium, 8192, medium",
                "high, 16384, high",
                "xhigh, 24576, xhigh",
                "max, 24576, max",
                "extreme, 8192, -"
            })
    void anEffortIsABudgetToModelsThatKnowNoEffort(String effort, int budget, String word) {
        ChatRequest request = asking(ReasoningOptions.effort(effort));
        assertThat(write(request, OLD))
                .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}");
        String written = write(request, NEW);
        assertThat(written).contains("\"thinking\":{\"type\":\"adaptive\"}");
        if (word == null) {
            assertThat(written).doesNotContain("output_config");
        } else {
            assertThat(written).contains("\"output_config\":{\"effort\":\"" + word + "\"}");
        }
    }

    @Test
    void theLimitHasRoomForTheBudget() {
        assertThat(write(asking(ReasoningOptions.budget(20_000)), OLD)).contains("\"max_tokens\":24096");
        ChatRequest tight = asking(ReasoningOptions.budget(20_000)).toBuilder()
                .maxOutputTokens(5_000)
                .build();
        assertThat(write(tight, OLD)).contains("\"max_tokens\":5000", "\"budget_tokens\":4999");
        ChatRequest none = asking(ReasoningOptions.budget(20_000)).toBuilder()
                .maxOutputTokens(1_024)
                .build();
        assertThat(write(none, OLD)).doesNotContain("thinking");
        assertThat(write(asking(ReasoningOptions.budget(5)), OLD)).contains("\"budget_tokens\":1024");
        assertThat(warnings.all()).hasSize(3);
    }

    @Test
    void theLargestBudgetThereIs() {
        assertThat(write(asking(ReasoningOptions.budget(Integer.MAX_VALUE)), OLD))
                .contains("\"max_tokens\":2147483647", "\"budget_tokens\":2147483646");
    }

    @Test
    void aBudgetMeansNothingToModelsThatDecideThemselves() {
        assertThat(write(asking(ReasoningOptions.budget(5_000)), NEW)).contains("\"thinking\":{\"type\":\"adaptive\"}");
        assertThat(warnings.all()).hasSize(1);
        assertThat(write(asking(ReasoningOptions.budget(5_000)), "claude-opus-4-6"))
                .contains("\"budget_tokens\":5000");
    }

    @Test
    void noThinkingAndASummary() {
        assertThat(write(asking(ReasoningOptions.effort("none")), NEW))
                .contains("\"thinking\":{\"type\":\"disabled\"}");
        assertThat(write(asking(ReasoningOptions.budget(0)), OLD)).contains("\"thinking\":{\"type\":\"disabled\"}");
        assertThat(write(asking(ReasoningOptions.adaptive().withSummary("auto")), NEW))
                .contains("\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}");
    }

    @Test
    void aToolThatHasToBeCalledComesBeforeThinking() {
        ChatRequest request = asking(ReasoningOptions.effort("high")).toBuilder()
                .tool(ToolSpec.of("a", "A"))
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        assertThat(write(request, NEW)).doesNotContain("thinking");
        assertThat(warnings.all()).hasSize(1);
    }

    @Test
    void whatDoesNotGoTogetherWithThinkingIsLeftOut() {
        ChatRequest request = asking(ReasoningOptions.effort("low")).toBuilder()
                .temperature(0.2)
                .topK(5)
                .topP(0.5)
                .build();
        assertThat(write(request, OLD)).doesNotContain("temperature", "top_k", "top_p");
        assertThat(warnings.all()).hasSize(3);
        ChatRequest fits = asking(ReasoningOptions.effort("low")).toBuilder()
                .temperature(1)
                .topP(0.97)
                .build();
        assertThat(write(fits, OLD)).contains("\"temperature\":1.0", "\"top_p\":0.97");
    }

    @Test
    void newModelsChooseTheirWordsThemselves() {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .temperature(0.2)
                .topK(5)
                .topP(0.5)
                .build();
        assertThat(write(request, NEW)).doesNotContain("temperature", "top_k", "top_p");
        assertThat(write(request, OLD)).contains("\"temperature\":0.2", "\"top_p\":0.5", "\"top_k\":5");
        assertThat(write(request, "claude-sonnet-4-5"))
                .contains("\"temperature\":0.2")
                .doesNotContain("top_p");
    }

    @Test
    void theShapeOfTheAnswerIsASchemaOrAnInstruction() {
        RawJson schema = new RawJson("{\"type\":\"object\"}");
        ChatRequest bound = ChatRequest.builder("m")
                .user("Hi")
                .responseFormat(ResponseFormat.schema("a", schema))
                .build();
        assertThat(write(bound, NEW))
                .contains("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}");
        assertThat(warnings.isEmpty()).isTrue();
        assertThat(write(bound, OLD)).doesNotContain("output_config").contains("\"system\":", "fit this JSON schema");
        ChatRequest any = bound.toBuilder().responseFormat(ResponseFormat.JSON).build();
        assertThat(write(any, NEW)).doesNotContain("output_config").contains("\"system\":");
        assertThat(warnings.all()).hasSize(1);
    }

    @Test
    void whatTheCallerSaysInTheProtocolsOwnWordsStands() {
        ChatRequest request = asking(ReasoningOptions.effort("low")).toBuilder()
                .extra("thinking", "{\"type\":\"adaptive\",\"display\":\"omitted\"}")
                .extra("max_tokens", "7")
                .build();
        assertThat(write(request, NEW)).containsOnlyOnce("\"thinking\"").containsOnlyOnce("\"max_tokens\":7");
    }

    private static ChatRequest asking(ReasoningOptions options) {
        return ChatRequest.builder("m").user("Hi").reasoning(options).build();
    }

    private String write(ChatRequest request, String model) {
        byte[] body = new AnthropicDialect()
                .writeRequest(request, Providers.find("openai").orElseThrow(), model, false, warnings);
        return new String(body, StandardCharsets.UTF_8);
    }
}
