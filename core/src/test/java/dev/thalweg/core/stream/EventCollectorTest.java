package dev.thalweg.core.stream;

import static dev.thalweg.core.stream.Chunks.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.StreamEvent.Finished;
import dev.thalweg.model.StreamEvent.MessageStart;
import dev.thalweg.model.StreamEvent.ReasoningDelta;
import dev.thalweg.model.StreamEvent.ReasoningEnd;
import dev.thalweg.model.StreamEvent.ReasoningStart;
import dev.thalweg.model.StreamEvent.RefusalDelta;
import dev.thalweg.model.StreamEvent.TextDelta;
import dev.thalweg.model.StreamEvent.TextEnd;
import dev.thalweg.model.StreamEvent.TextStart;
import dev.thalweg.model.StreamEvent.ToolCallDelta;
import dev.thalweg.model.StreamEvent.ToolCallEnd;
import dev.thalweg.model.StreamEvent.ToolCallStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCollectorTest {
    @Test
    void startsAndEndsThatTheProtocolLeavesUnsaidAreAdded() {
        assertThat(events(
                        chunk(0, "{\"role\":\"assistant\",\"content\":\"\"}", null),
                        chunk(0, "{\"reasoning\":\"h\"}", null),
                        chunk(0, "{\"reasoning\":\"m\"}", null),
                        chunk(0, "{\"role\":\"assistant\",\"content\":\"a\"}", null),
                        chunk(0, "{\"content\":\"b\"}", null),
                        chunk(
                                0,
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"i\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                                null),
                        chunk(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}", null),
                        chunk(
                                0,
                                "{\"tool_calls\":[{\"index\":1,\"id\":\"j\",\"function\":{\"name\":\"g\",\"arguments\":\"[]\"}}]}",
                                null),
                        chunk(0, "{}", "tool_calls")))
                .containsExactly(
                        new MessageStart(0, "assistant"),
                        new ReasoningStart(0, 0),
                        new ReasoningDelta(0, 0, "h"),
                        new ReasoningDelta(0, 0, "m"),
                        new ReasoningEnd(0, 0),
                        new TextStart(0, 0),
                        new TextDelta(0, 0, "a"),
                        new TextDelta(0, 0, "b"),
                        new TextEnd(0, 0),
                        new ToolCallStart(0, 0, null, "i", "f"),
                        new ToolCallDelta(0, 0, "{}"),
                        new ToolCallEnd(0, 0),
                        new ToolCallStart(0, 1, null, "j", "g"),
                        new ToolCallDelta(0, 1, "[]"),
                        new ToolCallEnd(0, 1),
                        new Finished(0, FinishReason.of("tool_calls")));
    }

    @Test
    void choicesAreOpenedAndClosedApart() {
        assertThat(events(
                        chunk(0, "{\"content\":\"a\"}", null),
                        chunk(1, "{\"content\":\"b\"}", null),
                        chunk(0, "{\"content\":\"c\"}", "stop"),
                        chunk(1, "{}", "length")))
                .containsExactly(
                        new TextStart(0, 0),
                        new TextDelta(0, 0, "a"),
                        new TextStart(1, 0),
                        new TextDelta(1, 0, "b"),
                        new TextDelta(0, 0, "c"),
                        new TextEnd(0, 0),
                        new Finished(0, FinishReason.of("stop")),
                        new TextEnd(1, 0),
                        new Finished(1, FinishReason.of("length")));
    }

    @Test
    void anIdThatComesLateIsAnotherStartOfTheSamePart() {
        assertThat(events(
                        chunk(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\"}}]}", null),
                        chunk(
                                0,
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"late\",\"function\":{\"arguments\":\"{}\"}}]}",
                                null)))
                .containsExactly(
                        new ToolCallStart(0, 0, null, null, "f"),
                        new ToolCallStart(0, 0, null, "late", null),
                        new ToolCallDelta(0, 0, "{}"));
    }

    @Test
    void emptyPiecesAreNoEvents() {
        assertThat(events(
                        chunk(0, "{\"content\":\"\",\"reasoning\":\"\",\"refusal\":\"\"}", null),
                        chunk(0, "{\"content\":null}", null),
                        "{\"choices\":[],\"prompt_filter_results\":[]}"))
                .isEmpty();
    }

    @Test
    void refusalsAreToldAsTheyCome() {
        assertThat(events(chunk(0, "{\"refusal\":\"No\"}", null))).containsExactly(new RefusalDelta(0, "No"));
    }

    @Test
    void aChunkIsOneFrameWithItsNamesAndItsJson() {
        List<ChatChunk> chunks = Chunks.of(
                chunk(0, "{\"content\":\"a\"}", null),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":3}}");
        assertThat(chunks.get(0).id()).isEqualTo("c1");
        assertThat(chunks.get(0).model()).isEqualTo("m");
        assertThat(chunks.get(0).content()).isEqualTo("a");
        assertThat(chunks.get(0).toJson()).isEqualTo(chunk(0, "{\"content\":\"a\"}", null));
        assertThat(chunks.get(0).inputTokens()).isEmpty();
        assertThat(chunks.get(1).id()).isEmpty();
        assertThat(chunks.get(1).choices()).isEmpty();
        assertThat(chunks.get(1).inputTokens()).hasValue(2);
        assertThat(chunks.get(1).outputTokens()).hasValue(3);
    }

    @Test
    void theChoicesOfAChunkDeriveFromItsEvents() {
        ChatChunk chunk = Chunks.of(chunk(
                        1,
                        "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning\":\"r\",\"refusal\":\"n\",\"tool_calls\":["
                                + "{\"index\":0,\"id\":\"i\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                        "stop"))
                .get(0);
        assertThat(chunk.content()).as("of the first choice only").isEmpty();
        assertThat(chunk.choices()).hasSize(1);
        var choice = chunk.choices().get(0);
        assertThat(choice.index()).isEqualTo(1);
        assertThat(choice.finishReason()).contains(FinishReason.of("stop"));
        assertThat(choice.delta().role()).contains("assistant");
        assertThat(choice.delta().content()).isEqualTo("a");
        assertThat(choice.delta().reasoning()).isEqualTo("r");
        assertThat(choice.delta().refusal()).isEqualTo("n");
        assertThat(choice.delta().toolCalls()).hasSize(1);
        assertThat(choice.delta().toolCalls().get(0).id()).contains("i");
        assertThat(choice.delta().toolCalls().get(0).arguments()).isEqualTo("{}");
    }

    @Test
    void anIdAndAModelThatComeAgainAreTheSameStringAndOthersAreNot() {
        List<ChatChunk> chunks = Chunks.of(
                "{\"id\":\"c1\",\"model\":\"m\u00e9\",\"choices\":[]}",
                "{\"id\":\"c1\",\"model\":\"m\\u00e9\",\"choices\":[]}",
                "{\"choices\":[]}",
                "{\"id\":\"c2\",\"model\":\"m\",\"choices\":[]}",
                "{\"id\":\"c2\",\"choices\":[]}");

        assertThat(chunks).extracting(ChatChunk::id).containsExactly("c1", "c1", "", "c2", "c2");
        assertThat(chunks).extracting(ChatChunk::model).containsExactly("m\u00e9", "m\u00e9", "", "m", "");
        assertThat(chunks.get(1).id()).isSameAs(chunks.get(0).id());
        assertThat(chunks.get(4).id()).isSameAs(chunks.get(3).id());
    }

    @Test
    void aChunkKeepsItsEventsWhenOthersFollow() {
        List<ChatChunk> chunks = Chunks.of(
                chunk(0, "{\"content\":\"a\"}", null), chunk(0, "{\"content\":\"b\"}", null), chunk(0, "{}", "stop"));

        assertThat(chunks.get(0).events()).containsExactly(new TextStart(0, 0), new TextDelta(0, 0, "a"));
        assertThat(chunks.get(1).events()).containsExactly(new TextDelta(0, 0, "b"));
    }

    private static List<StreamEvent> events(String... frames) {
        return Chunks.of(frames).stream()
                .flatMap(chunk -> chunk.events().stream())
                .toList();
    }
}
