package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** The frameworks before providers of other protocols than chat completions: text, streams and tools. */
class FrameworkProvidersTest {
    private static final String TOOLS = "\"tools\":true";
    private static final String OSLO = "{\"city\":\"Oslo\"}";

    @EachFramework
    void textOfMessages(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                .answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Hi there")))) {
            Told told = scene.ask();
            assertThat(told.text()).isEqualTo("Hi there");
            assertThat(told.finish()).isEqualTo("stop");
            told.used(10, 5);
        }
    }

    @EachFramework
    void aStreamOfMessages(Client client) {
        Script answer = AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Hi ", "there"));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            Told told = scene.askStreamed();
            assertThat(told.texts()).containsExactly("Hi ", "there");
            assertThat(told.finish()).isEqualTo("stop");
            told.used(10, 7);
        }
    }

    @EachFramework
    void toolsOfMessages(Client client) {
        Script whole = AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER, AnthropicFrames.NOW);
        Script stream = AnthropicFrames.stream(
                "tool_use",
                AnthropicFrames.toolBlock(0, "toolu_1", "weather", "{\"ci", "ty\":\"Oslo\"}"),
                AnthropicFrames.toolBlock(1, "toolu_2", "now"));
        try (Scene scene =
                Scene.before(Provider.ANTHROPIC, client).answer(whole).answer(stream)) {
            for (Told told : new Told[] {scene.ask(TOOLS), scene.askStreamed(TOOLS)}) {
                assertThat(told.finish()).isEqualTo("tool_calls");
                assertThat(told.calls()).hasSize(2);
                told.called(0, "toolu_1", "weather", OSLO);
                told.called(1, "toolu_2", "now", "{}");
            }
        }
    }

    @EachFramework
    void resultsOfToolsToMessages(Client client) {
        String back =
                "\"back\":[{\"id\":\"toolu_1\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\","
                        + "\"result\":\"rain\"}]";
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                .answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Wet.")))) {
            assertThat(scene.ask(TOOLS, back).text()).isEqualTo("Wet.");
            JsonNode messages = scene.sent().path("messages");
            assertThat(messages.at("/1/content/0/input/city").asString()).isEqualTo("Oslo");
            assertThat(messages.at("/2/content/0/tool_use_id").asString()).isEqualTo("toolu_1");
            assertThat(messages.at("/2/content/0").toString()).contains("rain");
        }
    }

    @EachFramework
    void aStreamOfMessagesCut(Client client) {
        Script answer =
                AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi")).fin().build();
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            Told told = scene.askStreamed();
            told.raised("");
            assertThat(told.texts()).containsExactly("Hi");
        }
    }

    @EachFramework
    void textOfResponses(Client client) {
        try (Scene scene = Scene.before(Provider.RESPONSES, client)
                .answer(ResponsesFrames.whole(ResponsesFrames.TEXT))
                .answer(ResponsesFrames.text())) {
            Told whole = scene.ask();
            assertThat(whole.text()).isEqualTo("Hi there");
            assertThat(whole.finish()).isEqualTo("stop");
            whole.used(10, 5);
            Told streamed = scene.askStreamed();
            assertThat(streamed.texts()).containsExactly("Hi ", "there");
            assertThat(streamed.finish()).isEqualTo("stop");
            streamed.used(10, 5);
        }
    }

    @EachFramework
    void toolsOfResponses(Client client) {
        try (Scene scene = Scene.before(Provider.RESPONSES, client)
                .answer(ResponsesFrames.whole(ResponsesFrames.WEATHER))
                .answer(ResponsesFrames.call())) {
            for (Told told : new Told[] {scene.ask(TOOLS), scene.askStreamed(TOOLS)}) {
                assertThat(told.finish()).isEqualTo("tool_calls");
                assertThat(told.calls()).hasSize(1);
                told.called(0, "call_1", "weather", OSLO);
            }
        }
    }
}
