package dev.thalweg.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.anthropic.AnthropicBlock;
import dev.thalweg.types.anthropic.AnthropicEvent;
import dev.thalweg.types.openai.OpenAiChunk;
import dev.thalweg.types.openai.OpenAiUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What providers may add, leave out and spell differently. */
class TolerantReadingTest {
    private static <T> T read(String json, Class<T> type) {
        return new RawJson(json).as(type);
    }

    @Test
    void anUnknownFieldIsKeptToTheDigit() {
        OpenAiChunk chunk = read("{\"id\":\"1\",\"score\":{\"n\":[0.30000000000000000000001]}}", OpenAiChunk.class);
        assertThat(chunk.extra()).containsOnly(Map.entry("score", new RawJson("{\"n\":[0.30000000000000000000001]}")));
        assertThat(chunk.toJson()).isEqualTo("{\"id\":\"1\",\"score\":{\"n\":[0.30000000000000000000001]}}");
    }

    @Test
    void anUnknownEventIsAnOther() {
        AnthropicEvent event = read("{\"type\":\"message_paused\",\"index\":3}", AnthropicEvent.class);
        assertThat(event)
                .isEqualTo(new AnthropicEvent.Other("message_paused", Extra.of(Map.of("index", new RawJson("3")))));
    }

    @Test
    void anEventWithoutATypeIsAnOtherWithoutOne() {
        assertThat(read("{\"index\":3}", AnthropicEvent.class))
                .isInstanceOfSatisfying(
                        AnthropicEvent.Other.class,
                        other -> assertThat(other.type()).isNull());
    }

    @Test
    void theTypeMayComeLastAndNumbersBeforeItStayExact() {
        AnthropicEvent event = read("{\"n\":0.30000000000000000000001,\"type\":\"ping\"}", AnthropicEvent.class);
        assertThat(event).isInstanceOf(AnthropicEvent.Ping.class);
        assertThat(event.extra()).containsEntry("n", new RawJson("0.30000000000000000000001"));
    }

    @Test
    void toolResultsOfAllKindsAreOneRecord() {
        String json = "{\"type\":\"mcp_tool_result\",\"tool_use_id\":\"t\",\"is_error\":true,\"content\":[]}";
        assertThat(read(json, AnthropicBlock.class))
                .isEqualTo(
                        new AnthropicBlock.ToolResult("mcp_tool_result", "t", new RawJson("[]"), true, Extra.none()));
    }

    @Test
    void whatIsMissingIsEmptyAndStaysMissing() {
        OpenAiChunk chunk = read("{\"choices\":[{}]}", OpenAiChunk.class);
        assertThat(chunk.id()).isEmpty();
        assertThat(chunk.created()).isZero();
        assertThat(chunk.usage()).isNull();
        OpenAiChunk.Choice choice = chunk.choices().getFirst();
        assertThat(choice.delta().content()).isNull();
        assertThat(choice.delta().toolCalls()).isEmpty();
        assertThat(chunk.toJson()).isEqualTo("{\"choices\":[{}]}");
    }

    @Test
    void missingNullAndEmptyAreEqualAndWrittenAsTheyCame() {
        OpenAiChunk none = read("{}", OpenAiChunk.class);
        OpenAiChunk nulls = read("{\"id\":null,\"choices\":null,\"usage\":null}", OpenAiChunk.class);
        OpenAiChunk empty = read("{\"id\":\"\",\"choices\":[]}", OpenAiChunk.class);
        assertThat(nulls).isEqualTo(none).isEqualTo(empty).hasSameHashCodeAs(none);
        assertThat(nulls.extra()).isEmpty();
        assertThat(nulls.toJson()).isEqualTo("{\"id\":null,\"choices\":null,\"usage\":null}");
        assertThat(empty.toJson()).isEqualTo("{\"id\":\"\",\"choices\":[]}");
    }

    @Test
    void aRecordMadeWithTheRestOfAnotherIsWrittenWithItsOwnValues() {
        Extra rest = read("{\"prompt_tokens\":null,\"x\":1}", OpenAiUsage.class).extra();
        assertThat(new OpenAiUsage(1, 2, 3, null, null, rest).toJson())
                .isEqualTo("{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"x\":1}");
    }

    @Test
    void ofTwoFieldsOfOneNameTheLastCounts() {
        assertThat(read("{\"id\":null,\"id\":\"a\"}", OpenAiChunk.class).toJson())
                .isEqualTo("{\"id\":\"a\"}");
        assertThat(read("{\"id\":\"a\",\"id\":null}", OpenAiChunk.class).toJson())
                .isEqualTo("{\"id\":null}");
    }

    @Test
    void nothingReadCanBeChanged() {
        OpenAiChunk chunk = read("{\"choices\":[{}],\"x\":1}", OpenAiChunk.class);
        assertThatThrownBy(() -> chunk.choices().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> chunk.extra().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void oneKindOfEventIsNotAnother() {
        assertThatThrownBy(() -> read("{\"type\":\"ping\"}", AnthropicEvent.MessageStop.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ping");
    }

    @Test
    void whatHasAnotherShapeIsRefused() {
        assertThatThrownBy(() -> read("{\"choices\":{}}", OpenAiChunk.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choices should be a list");
        assertThatThrownBy(() -> read("null", OpenAiChunk.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{\"type\":\"content_block_delta\",\"index\":0}", AnthropicEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delta is missing");
    }
}
