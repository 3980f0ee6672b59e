package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Calls of tools: to the frameworks' callers, and back with their results. */
class FrameworkToolsTest {
    private static final String TOOLS = "\"tools\":true";
    private static final String OSLO = "{\"city\":\"Oslo\"}";
    private static final String WEATHER = call("call_1", "weather", "{\\\"city\\\":\\\"Oslo\\\"}");
    private static final String NOW = call("call_2", "now", "{}");

    @EachFramework
    void oneCall(Client client) {
        Script stream = OpenAiScripts.streaming()
                .toolCall("call_1", "weather", "{\"ci", "ty\":", "\"Oslo\"}")
                .build();
        try (Scene scene = Scene.of(client).answer(whole(WEATHER)).answer(stream)) {
            for (Told told : new Told[] {scene.ask(TOOLS), scene.askStreamed(TOOLS)}) {
                assertThat(told.finish()).isEqualTo("tool_calls");
                assertThat(told.calls()).hasSize(1);
                told.called(0, "call_1", "weather", OSLO);
            }
            assertThat(scene.sent().path("tools")).hasSize(2);
        }
    }

    @EachFramework
    void parallelCalls(Client client) {
        Script stream = OpenAiScripts.streaming()
                .text("One moment.")
                .toolCall("call_1", "weather", "{\"city\":", "\"Oslo\"}")
                .toolCall("call_2", "now", "{}")
                .build();
        try (Scene scene = Scene.of(client).answer(whole(WEATHER + "," + NOW)).answer(stream)) {
            for (Told told : new Told[] {scene.ask(TOOLS), scene.askStreamed(TOOLS)}) {
                assertThat(told.calls()).hasSize(2);
                told.called(0, "call_1", "weather", OSLO);
                told.called(1, "call_2", "now", "{}");
            }
        }
    }

    /** Some providers send nothing at all for the arguments of a tool that has none. */
    @EachFramework
    void aCallWithoutArguments(Client client) {
        Script stream = OpenAiScripts.streaming().toolCall("call_2", "now").build();
        try (Scene scene = Scene.of(client).answer(whole(NOW)).answer(stream)) {
            for (Told told : new Told[] {scene.ask(TOOLS), scene.askStreamed(TOOLS)}) {
                assertThat(told.calls()).hasSize(1);
                told.called(0, "call_2", "now", "{}");
            }
        }
    }

    @EachFramework
    void aCallCutByTheLimit(Client client) {
        Script stream = OpenAiScripts.streaming()
                .text("Let me see.")
                .toolCall("call_1", "weather", "{\"ci", "ty\":")
                .finishReason("length")
                .build();
        try (Scene scene = Scene.of(client).answer(stream)) {
            Told told = scene.askStreamed(TOOLS);
            assertThat(told.finish()).isEqualTo("length");
            assertThat(told.text()).isEqualTo("Let me see.");
            assertThat(told.calls()).hasSize(1);
            assertThat(told.calls().getFirst().path("arguments").asString()).contains("city");
        }
    }

    @EachFramework
    void theRoundTripWithItsResult(Client client) {
        String back = "\"back\":[{\"id\":\"call_1\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\","
                + "\"result\":\"-3 degrees\"},{\"id\":\"call_2\",\"name\":\"now\",\"arguments\":\"{}\",\"result\":\"12:00\"}]";
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("Cold."))) {
            assertThat(scene.ask(TOOLS, back).text()).isEqualTo("Cold.");
            JsonNode messages = scene.sent().path("messages");
            assertThat(messages).hasSize(4);
            assertThat(messages.at("/1/tool_calls/0/id").asString()).isEqualTo("call_1");
            assertThat(messages.at("/1/tool_calls/0/function/arguments").asString())
                    .isEqualTo(OSLO);
            assertThat(messages.at("/1/tool_calls/1/function/name").asString()).isEqualTo("now");
            assertThat(messages.at("/2/tool_call_id").asString()).isEqualTo("call_1");
            assertThat(messages.at("/2/content").asString()).isEqualTo("-3 degrees");
            assertThat(messages.at("/3/tool_call_id").asString()).isEqualTo("call_2");
            assertThat(messages.at("/3/content").asString()).isEqualTo("12:00");
        }
    }

    private static String call(String id, String name, String arguments) {
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\""
                + arguments + "\"}}";
    }

    private static Script whole(String calls) {
        return Frames.completion(
                "\"content\":null,\"refusal\":null,\"tool_calls\":[" + calls + "]", "\"finish_reason\":\"tool_calls\"");
    }
}
