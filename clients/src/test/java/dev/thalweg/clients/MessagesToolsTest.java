package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Tools in Anthropic's messages: out of the answer, and back with their results. */
class MessagesToolsTest {
    private static final String TOOLS = """
            "tools":[{"name":"weather","description":"The weather in a city","input_schema":{"type":"object",\
            "properties":{"city":{"type":"string"}},"required":["city"]}},\
            {"name":"now","input_schema":{"type":"object","properties":{}}}]""";
    private static final String WEATHER =
            "{\"id\":\"toolu_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}";
    private static final String NOW =
            "{\"id\":\"toolu_2\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}";

    @EachAnthropicClient
    void callsRelayed(Client client) {
        Script answer = AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER, AnthropicFrames.NOW);
        calls(client, Provider.ANTHROPIC, answer, false);
    }

    @EachAnthropicClient
    void callsTranslated(Client client) {
        Script answer = Frames.completion(
                "\"content\":null,\"tool_calls\":[" + WEATHER + "," + NOW + "]", "\"finish_reason\":\"tool_calls\"");
        calls(client, Provider.OPENAI, answer, false);
    }

    @EachAnthropicClient
    void callsStreamedAndRelayed(Client client) {
        Script answer = AnthropicFrames.stream(
                "tool_use",
                AnthropicFrames.toolBlock(0, "toolu_1", "weather", "{\"ci", "ty\":\"Oslo\"}"),
                AnthropicFrames.toolBlock(1, "toolu_2", "now", ""));
        calls(client, Provider.ANTHROPIC, answer, true);
    }

    @EachAnthropicClient
    void callsStreamedAndTranslated(Client client) {
        Script answer = OpenAiScripts.streaming()
                .toolCall("toolu_1", "weather", "{\"ci", "ty\":", "\"Oslo\"}")
                .toolCall("toolu_2", "now")
                .build();
        calls(client, Provider.OPENAI, answer, true);
    }

    private static void calls(Client client, Provider provider, Script answer, boolean streamed) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            JsonNode message = (streamed ? scene.assemble(TOOLS) : scene.complete(TOOLS)).completion();
            scene.sent();
            assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
            JsonNode calls = message.path("content");
            assertThat(calls).hasSize(2);
            is(calls.path(0), "toolu_1", "weather", "{\"city\":\"Oslo\"}");
            is(calls.path(1), "toolu_2", "now", "{}");
            scene.answer(
                    provider == Provider.ANTHROPIC
                            ? AnthropicFrames.message("end_turn", AnthropicFrames.text("Rain"))
                            : OpenAiScripts.completion("Rain"));
            JsonNode last = scene.complete(TOOLS, results(calls)).completion();
            assertThat(last.at("/content/0/text").asString()).isEqualTo("Rain");
            cameBack(scene.sent().path("messages"), provider);
        }
    }

    private static void is(JsonNode call, String id, String name, String input) {
        assertThat(call.path("type").asString()).isEqualTo("tool_use");
        assertThat(call.path("id").asString()).isEqualTo(id);
        assertThat(call.path("name").asString()).isEqualTo(name);
        assertThat(call.path("input").toString()).isEqualTo(input);
    }

    private static String results(JsonNode calls) {
        return "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":" + calls
                + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"rain\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_2\",\"is_error\":true,\"content\":"
                + "[{\"type\":\"text\",\"text\":\"no clock\"}]}]}]";
    }

    private static void cameBack(JsonNode messages, Provider provider) {
        if (provider == Provider.ANTHROPIC) {
            assertThat(messages).hasSize(3);
            is(messages.at("/1/content/0"), "toolu_1", "weather", "{\"city\":\"Oslo\"}");
            is(messages.at("/1/content/1"), "toolu_2", "now", "{}");
            assertThat(messages.at("/2/content/1/is_error").asBoolean()).isTrue();
            return;
        }
        assertThat(messages).hasSize(4);
        assertThat(messages.at("/1/tool_calls/0/id").asString()).isEqualTo("toolu_1");
        assertThat(messages.at("/1/tool_calls/0/function/arguments").asString()).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(messages.at("/1/tool_calls/1/function/arguments").asString()).isEqualTo("{}");
        assertThat(messages.at("/2/tool_call_id").asString()).isEqualTo("toolu_1");
        assertThat(messages.at("/2/content").toString()).contains("rain");
        assertThat(messages.at("/3/content").toString()).contains("no clock");
    }
}
