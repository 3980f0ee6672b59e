package dev.thalweg.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.anthropic.AnthropicDialect;
import dev.thalweg.core.dialect.bedrock.BedrockDialect;
import dev.thalweg.core.dialect.gemini.GeminiDialect;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of an answer goes back to its provider with the next turn. */
class GoBackTest {
    private static final RawJson VALUE = new RawJson("[1]");

    @Test
    void aRefusalGoesBackWithoutAnEmptyTextAndBeforeTheCalls() {
        ChatChoice choice = ChatChoice.builder(0)
                .refusal("No.")
                .toolCalls(List.of(ToolCall.of("a", "log", "{}")))
                .build();
        assertThat(choice.message().parts())
                .containsExactly(new Part.Refusal("No."), new Part.Call(ToolCall.of("a", "log", "{}")));
        assertThat(ChatChoice.builder(0).build().message().parts()).containsExactly(new Part.Text(""));
    }

    @Test
    void whatProtocolsKeepForThemselvesGoesBackAndOtherFieldsDoNot() {
        Map<String, RawJson> fields = Map.of(
                AnthropicDialect.CONTENT_BLOCKS,
                VALUE,
                BedrockDialect.CONTENT_BLOCKS,
                VALUE,
                GeminiDialect.PARTS,
                VALUE,
                "reasoning_details",
                VALUE,
                "annotations",
                VALUE);
        ChatChoice choice =
                ChatChoice.builder(0).content("Hi").messageExtra(fields).build();
        assertThat(choice.message().extra().keySet())
                .containsExactlyInAnyOrder(
                        AnthropicDialect.CONTENT_BLOCKS,
                        BedrockDialect.CONTENT_BLOCKS,
                        GeminiDialect.PARTS,
                        "reasoning_details");
    }
}
