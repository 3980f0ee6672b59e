package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tool calls: out of the answer, and back with their results. */
class ToolCallsTest {
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"weather","description":"The weather in a city",\
            "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},\
            {"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}}],\
            "tool_choice":"auto","parallel_tool_calls":true""";

    private static final String WEATHER =
            "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}";
    private static final String NOW =
            "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}";

    @EachClient
    void oneCall(Client client) {
        try (Scene scene = Scene.of(client).answer(whole(WEATHER))) {
            JsonNode completion = scene.complete(TOOLS).completion();
            assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
            assertThat(calls(completion)).hasSize(1);
            isWeather(calls(completion).path(0));
        }
    }

    @EachClient
    void parallelCalls(Client client) {
        try (Scene scene = Scene.of(client).answer(whole(WEATHER + "," + NOW))) {
            JsonNode completion = scene.complete(TOOLS).completion();
            assertThat(calls(completion)).hasSize(2);
            isWeather(calls(completion).path(0));
            isNow(calls(completion).path(1));
        }
    }

    @EachClient
    void oneCallStreamed(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming()
                        .toolCall("call_1", "weather", "{\"ci", "ty\":", "\"Oslo\"}")
                        .build())) {
            Outcome outcome = scene.stream(TOOLS);
            outcome.chunks();
            assertThat(outcome.finishReasons(0)).containsExactly("tool_calls");
            assertThat(outcome.deltas(0).stream()
                            .map(delta ->
                                    delta.at("/tool_calls/0/function/arguments").asString(""))
                            .filter(text -> !text.isEmpty()))
                    .containsExactly("{\"ci", "ty\":", "\"Oslo\"}");
        }
    }

    @EachClient
    void parallelCallsStreamed(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming()
                        .text("One moment.")
                        .toolCall("call_1", "weather", "{\"city\":", "\"Oslo\"}")
                        .toolCall("call_2", "now")
                        .build())) {
            JsonNode completion = scene.assemble(TOOLS).completion();
            assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
            assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("One moment.");
            assertThat(calls(completion)).hasSize(2);
            isWeather(calls(completion).path(0));
            isNow(calls(completion).path(1));
        }
    }

    @EachClient
    void aCallWithoutArgumentsStreamed(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming().toolCall("call_2", "now").build())) {
            JsonNode completion = scene.assemble(TOOLS).completion();
            assertThat(calls(completion)).hasSize(1);
            isNow(calls(completion).path(0));
        }
    }

    @EachClient
    void theRoundTripWithItsResult(Client client) {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"How is the weather?\"},"
                + "{\"role\":\"assistant\",\"tool_calls\":[" + WEATHER + "," + NOW + "]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"{\\\"degrees\\\":-3}\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"12:00\"}]";
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("Cold."))) {
            Outcome outcome = scene.complete(messages, TOOLS);
            assertThat(outcome.completion().at("/choices/0/message/content").asString())
                    .isEqualTo("Cold.");
            JsonNode expected = JsonMapper.shared().readTree("{" + messages + "," + TOOLS + "}");
            JsonNode sent = scene.sent();
            assertThat(sent.path("messages")).isEqualTo(expected.path("messages"));
            assertThat(sent.path("tools")).isEqualTo(expected.path("tools"));
            assertThat(sent.path("tool_choice")).isEqualTo(expected.path("tool_choice"));
            assertThat(sent.path("parallel_tool_calls").asBoolean()).isTrue();
        }
    }

    private static Script whole(String calls) {
        return Frames.completion(
                "\"content\":null,\"refusal\":null,\"tool_calls\":[" + calls + "]", "\"finish_reason\":\"tool_calls\"");
    }

    private static JsonNode calls(JsonNode completion) {
        return completion.at("/choices/0/message/tool_calls");
    }

    private static void isWeather(JsonNode call) {
        assertThat(call.path("id").asString()).isEqualTo("call_1");
        assertThat(call.path("type").asString()).isEqualTo("function");
        assertThat(call.at("/function/name").asString()).isEqualTo("weather");
        assertThat(call.at("/function/arguments").asString()).isEqualTo("{\"city\":\"Oslo\"}");
    }

    private static void isNow(JsonNode call) {
        assertThat(call.path("id").asString()).isEqualTo("call_2");
        assertThat(call.at("/function/name").asString()).isEqualTo("now");
        assertThat(call.at("/function/arguments").asString()).isEmpty();
    }
}
