package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.ToolCall;
import dev.thalweg.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ways to read one stream. */
class ViewsTest extends SdkTest {
    private static String delta(int choice, String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":"
                + choice + ",\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String call(int index, String id, String name, String arguments) {
        String start = id.isEmpty() ? "" : "\"id\":\"" + id + "\",\"type\":\"function\",";
        String named = name.isEmpty() ? "" : "\"name\":\"" + name + "\",";
        return "{\"tool_calls\":[{\"index\":" + index + "," + start + "\"function\":{" + named + "\"arguments\":\""
                + arguments.replace("\"", "\\\"") + "\"}}]}";
    }

    private ChatStream stream(String... events) {
        upstream.enqueue(
                Script.sse().text(String.join("", events) + "data: [DONE]\n\n").build());
        return thalweg.stream(MODEL, "Hello");
    }

    private ChatStream twoChoices() {
        return stream(
                delta(0, "{\"role\":\"assistant\",\"content\":\"A\"}", "null"),
                delta(1, "{\"role\":\"assistant\",\"content\":\"X\"}", "null"),
                delta(0, "{\"content\":\"B\"}", "\"stop\""),
                delta(1, "{\"content\":\"Y\"}", "\"length\""));
    }

    @Test
    void choicesAreKeptApart() {
        try (ChatStream stream = twoChoices()) {
            ChoiceView second = stream.choice(1);
            assertThat(second.text()).containsExactly("X", "Y");
            assertThat(second.snapshot()
                            .orElseThrow()
                            .finishReason()
                            .orElseThrow()
                            .raw())
                    .isEqualTo("length");
            assertThat(stream.response().choices().get(0).content()).isEqualTo("AB");
        }
        try (ChatStream stream = twoChoices()) {
            assertThat(stream.text()).containsExactly("A", "B");
        }
        try (ChatStream stream = twoChoices()) {
            assertThat(stream.choice(0).events())
                    .filteredOn(StreamEvent.TextDelta.class::isInstance)
                    .hasSize(2);
        }
    }

    @Test
    void eventsHaveStartsAndEnds() {
        try (ChatStream stream =
                stream(delta(0, "{\"role\":\"assistant\",\"content\":\"A\"}", "null"), delta(0, "{}", "\"stop\""))) {
            List<String> names = new ArrayList<>();
            stream.events().forEach(event -> names.add(event.getClass().getSimpleName()));
            assertThat(names)
                    .startsWith("MessageStart", "TextStart", "TextDelta")
                    .containsSubsequence("TextEnd", "Finished");
        }
    }

    @Test
    void aToolCallComesOnceAndWholeWithTheChunkThatCompletesIt() {
        try (ChatStream stream = stream(
                delta(0, "{\"role\":\"assistant\",\"content\":\"Let me see\"}", "null"),
                delta(0, call(0, "a", "weather", "{\"city\""), "null"),
                delta(0, call(0, "", "", ":\"Oslo\"}"), "null"),
                delta(0, call(1, "b", "time", ""), "null"),
                delta(0, "{}", "\"tool_calls\""))) {
            List<ToolChunk> items = new ArrayList<>();
            stream.tools().forEach(items::add);
            assertThat(calls(items)).containsExactly("weather({\"city\":\"Oslo\"})#a", "time({})#b");
            assertThat(items.get(0).tool()).isEmpty();
            assertThat(items.get(0).chunk().content()).isEqualTo("Let me see");
            assertThat(stream.response().toolCalls()).hasSize(2);
        }
    }

    @Test
    void callsWhosePiecesAreMixedAreCompleteWhenTheyAre() {
        try (ChatStream stream = stream(
                delta(0, call(0, "a", "weather", "{\"city\""), "null"),
                delta(0, call(1, "b", "weather", "{\"city\":"), "null"),
                delta(0, call(0, "", "", ":\"Oslo\"}"), "null"),
                delta(0, call(1, "", "", "\"Rome\"}"), "null"),
                delta(0, "{}", "\"tool_calls\""))) {
            List<ToolChunk> items = new ArrayList<>();
            stream.tools().forEach(items::add);
            assertThat(calls(items))
                    .containsExactlyInAnyOrder("weather({\"city\":\"Oslo\"})#a", "weather({\"city\":\"Rome\"})#b");
        }
    }

    @Test
    void aCallThatWasCutByTheTokenLimitComesAsItIs() {
        try (ChatStream stream =
                stream(delta(0, call(0, "a", "weather", "{\"city"), "null"), delta(0, "{}", "\"length\""))) {
            List<ToolChunk> items = new ArrayList<>();
            stream.tools().forEach(items::add);
            assertThat(calls(items)).containsExactly("weather({\"city)#a");
        }
    }

    private static List<String> calls(List<ToolChunk> items) {
        return items.stream()
                .map(ToolChunk::tool)
                .flatMap(Optional::stream)
                .map(ToolCall::toString)
                .toList();
    }

    @Test
    void onlyOneViewIsRead() {
        try (ChatStream stream = twoChoices()) {
            assertThat(stream.text()).hasSize(2);
            assertThatThrownBy(() -> stream.events().iterator()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> stream.choice(1).text().stream()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closingTheStreamOfAViewClosesTheConnection() throws Exception {
        upstream.enqueue(Script.sse()
                .text(delta(0, "{\"role\":\"assistant\",\"content\":\"A\"}", "null"))
                .flush()
                .waitForClientClose()
                .build());
        ChatStream stream = thalweg.stream(MODEL, "Hello");
        try (Stream<ChatChunk> chunks = stream.chunks().stream()) {
            assertThat(chunks.findFirst().orElseThrow().content()).isEqualTo("A");
        }
        assertThat(upstream.takeRequest(SOON).awaitDisconnect(SOON)).isLessThan(SOON);
    }

    @Test
    void onEachIsToldOfEveryChunkWhateverIsRead() {
        List<String> told = new ArrayList<>();
        try (ChatStream stream = twoChoices().onEach(chunk -> told.add(chunk.toJson()))) {
            assertThat(stream.choice(1).text().stream().toList()).containsExactly("X", "Y");
        }
        assertThat(told).hasSize(4);
        try (ChatStream stream = twoChoices().onEach(chunk -> told.add(chunk.toJson()))) {
            assertThat(stream.response().choices()).hasSize(2);
        }
        assertThat(told).hasSize(8);
    }

    @Test
    void theConversationGoesOnFromAnAnswer() {
        ChatRequest question =
                ChatRequest.builder(MODEL).user("Hello").temperature(0.5).build();
        upstream.enqueue(Script.json(
                200,
                "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
        ChatRequest next = thalweg.complete(question).reply("And you?");
        assertThat(next.model()).isEqualTo(MODEL);
        assertThat(next.temperature()).hasValue(0.5);
        assertThat(next.messages())
                .extracting(message -> message.role() + ": " + message.content())
                .containsExactly("user: Hello", "assistant: Hi", "user: And you?");
        assertThatThrownBy(() -> Chunks.assemble(List.of()).reply("More"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("question");
    }
}
