package dev.thalweg.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.anthropic.AnthropicDelta;
import dev.thalweg.types.anthropic.AnthropicEvent;
import dev.thalweg.types.cohere.CohereEvent;
import dev.thalweg.types.gemini.GeminiPart;
import dev.thalweg.types.gemini.GeminiResponse;
import dev.thalweg.types.groq.GroqChunk;
import dev.thalweg.types.groq.XGroq;
import dev.thalweg.types.mistral.MistralChunk;
import dev.thalweg.types.mistral.MistralContent;
import dev.thalweg.types.openai.OpenAiChunk;
import dev.thalweg.types.openai.OpenAiLogprobs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each provider's own words arrive in the components they are named after. */
class TypedValuesTest {
    private static <T> T frame(Provider provider, int index, Class<T> type) {
        return new RawJson(Frames.written(provider).get(index)).as(type);
    }

    @Test
    void openAi() {
        OpenAiChunk chunk = frame(Provider.OPENAI, 1, OpenAiChunk.class);
        assertThat(chunk.created()).isEqualTo(1784728648);
        OpenAiLogprobs logprobs = chunk.choices().getFirst().logprobs();
        OpenAiLogprobs.Token token = logprobs.content().getFirst();
        assertThat(token.bytes()).containsExactly(72, 195, 169);
        assertThat(token.logprob()).isEqualTo(-0.25);
        assertThat(frame(Provider.OPENAI, 3, OpenAiChunk.class)
                        .usage()
                        .completionTokensDetails()
                        .reasoningTokens())
                .isEqualTo(3);
    }

    @Test
    void groq() {
        GroqChunk chunk = frame(Provider.GROQ, 3, GroqChunk.class);
        XGroq own = chunk.xGroq();
        assertThat(own.id()).isEqualTo("req_1");
        assertThat(chunk.usage().queueTime()).isEqualTo(0.2);
        assertThat(frame(Provider.GROQ, 1, GroqChunk.class)
                        .choices()
                        .getFirst()
                        .delta()
                        .channel())
                .isEqualTo("analysis");
    }

    @Test
    void mistral() {
        MistralContent content = frame(Provider.MISTRAL, 1, MistralChunk.class)
                .choices()
                .getFirst()
                .delta()
                .content();
        assertThat(content)
                .isInstanceOfSatisfying(
                        MistralContent.Parts.class,
                        parts -> assertThat(parts.parts()).hasSize(5));
        assertThat(content.plainText()).isEqualTo("Go left");
        assertThat(frame(Provider.MISTRAL, 0, MistralChunk.class)
                        .choices()
                        .getFirst()
                        .delta()
                        .content())
                .isEqualTo(new MistralContent.Text(""));
    }

    @Test
    void anthropic() {
        AnthropicEvent start = frame(Provider.ANTHROPIC, 0, AnthropicEvent.class);
        assertThat(start).isInstanceOfSatisfying(AnthropicEvent.MessageStart.class, event -> {
            assertThat(event.message().usage().cacheCreation().ephemeral1hInputTokens())
                    .isEqualTo(2);
            assertThat(event.message().stopReason()).isNull();
        });
        assertThat(Frames.written(Provider.ANTHROPIC).stream()
                        .filter(frame -> !frame.contains("\"message\","))
                        .map(frame -> word(new RawJson(frame).as(AnthropicEvent.class))))
                .contains("+Hé", "tool_json:", "end end_turn", "?message_paused");
    }

    /** Sealed, and yet open: the default stands for what the next release adds. */
    private static String word(AnthropicEvent event) {
        return switch (event) {
            case AnthropicEvent.ContentBlockDelta(int index, AnthropicDelta.Text text, Extra extra) ->
                "+" + text.text();
            case AnthropicEvent.ContentBlockDelta(int index, AnthropicDelta.InputJson json, Extra extra) ->
                "tool_json:" + json.partialJson();
            case AnthropicEvent.MessageDelta end -> "end " + end.delta().stopReason();
            case AnthropicEvent.Other other -> "?" + other.type();
            default -> "";
        };
    }

    @Test
    void cohere() {
        assertThat(frame(Provider.COHERE, 3, CohereEvent.class))
                .isInstanceOfSatisfying(
                        CohereEvent.ContentDelta.class,
                        event -> assertThat(event.delta().message().content().text())
                                .isEqualTo("Hé"));
        assertThat(frame(Provider.COHERE, 12, CohereEvent.class))
                .isInstanceOfSatisfying(
                        CohereEvent.MessageEnd.class,
                        event -> assertThat(event.delta().usage().billedUnits().inputTokens())
                                .isEqualTo(11));
        assertThat(frame(Provider.COHERE, 8, CohereEvent.class))
                .isEqualTo(new CohereEvent.ToolCallEnd(0, Extra.none()));
    }

    @Test
    void gemini() {
        List<GeminiPart> parts = frame(Provider.GEMINI, 1, GeminiResponse.class)
                .candidates()
                .getFirst()
                .content()
                .parts();
        assertThat(parts.getFirst().thought()).isTrue();
        assertThat(parts.get(1).functionCall().args()).isEqualTo(new RawJson("{\"place\":\"X\"}"));
        assertThat(parts.get(1).thoughtSignature()).isEqualTo("CiQB");
        assertThat(parts.getLast().extra()).containsOnlyKeys("newPart");
    }
}
