package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A whole answer as events, and events that go on from an earlier answer. */
class CompletionWriterTest {
    private static final String CHUNK = "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"role\":\"assistant\",\"content\":\"a\",%s},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\n";

    /** JSON that is sound, and that a tree cannot hold. */
    private static final List<String> ODD =
            List.of("\"odd\":{\"\\ud83e\":1}", "\"odd\":1e99999999999", "\"odd\":\"\\ud800\"");

    @Test
    void anAnswerIsAChunkAnEndItsUsageAndTheMarker() {
        ChatResponse answer = answer("\"tool_calls\":[{\"index\":0,\"id\":\"i\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]");
        String events = events(answer);
        List<JsonNode> data = Translated.data(events);
        assertThat(events).endsWith("data: [DONE]\n\n");
        assertThat(data).hasSize(3).allSatisfy(chunk -> {
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("model").asString()).isEqualTo("alias");
        });
        assertThat(data.get(0).at("/choices/0/delta/content").asString()).isEqualTo("a");
        assertThat(data.get(0).at("/choices/0/delta/tool_calls/0/index").asInt(-1))
                .isZero();
        assertThat(data.get(0).at("/choices/0/message").isMissingNode()).isTrue();
        assertThat(data.get(0).at("/choices/0/finish_reason").isNull()).isTrue();
        assertThat(data.get(1).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(data.get(2).at("/usage/total_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void whatATreeCannotHoldIsPassedOnAsItIsSpelled() {
        for (String odd : ODD) {
            assertThat(events(answer(odd))).contains(odd);
        }
    }

    @Test
    void aFieldOverSeveralLinesStaysInOneEvent() {
        String events = events(answer("\"odd\":[1,\ndata: 2]"));
        assertThat(Translated.data(events)).hasSize(3);
    }

    @Test
    void whatATreeCannotHoldIsContinuedAsItIsSpelled() {
        for (String odd : ODD) {
            byte[] chunk = CHUNK.formatted(odd).getBytes(StandardCharsets.UTF_8);
            SplicedEvents events = new SplicedEvents(
                    "mark",
                    "first",
                    Usage.builder().inputTokens(10).outputTokens(20).build(),
                    10_000,
                    new HeldBytes(10_000));
            String spliced = new String(events.feed(chunk, 0, chunk.length), StandardCharsets.UTF_8);
            assertThat(spliced)
                    .startsWith(": mark\n\ndata: {\"id\":\"first\",")
                    .contains(odd, "\"prompt_tokens\":11", "\"completion_tokens\":22", "\"total_tokens\":33")
                    .doesNotContain("role");
        }
    }

    private static ChatResponse answer(String more) {
        return Translated.answer(CHUNK.formatted(more));
    }

    private static String events(ChatResponse answer) {
        return new String(CompletionWriter.events(answer, "alias", true), StandardCharsets.UTF_8);
    }
}
