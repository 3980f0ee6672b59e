package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Chat completions before a provider of Anthropic's protocol. */
class ChatOverMessagesTest {
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",\
            "properties":{"city":{"type":"string"}}}}},\
            {"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}}]""";

    @EachClient
    void aText(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                .answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Hi there")))) {
            JsonNode completion = scene.complete().completion();
            assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("Hi there");
            assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            assertThat(completion.path("model").asString()).isEqualTo("gpt");
            assertThat(completion.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
            assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(15);
        }
    }

    @EachClient
    void aStreamWithItsUsage(Client client) {
        Script answer = AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Hi ", "there"));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            Outcome outcome = scene.stream("\"stream_options\":{\"include_usage\":true}");
            assertThat(outcome.chunks().getLast().at("/usage/completion_tokens").asInt())
                    .isEqualTo(7);
            assertThat(outcome.text(0)).isEqualTo("Hi there");
            assertThat(outcome.finishReasons(0)).containsExactly("stop");
        }
    }

    @EachClient
    void toolsAndTheirResults(Client client) {
        Script call = AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER, AnthropicFrames.NOW);
        tools(client, call, false);
    }

    @EachClient
    void toolsStreamedAndTheirResults(Client client) {
        Script call = AnthropicFrames.stream(
                "tool_use",
                AnthropicFrames.toolBlock(0, "toolu_1", "weather", "{\"ci", "ty\":\"Oslo\"}"),
                AnthropicFrames.toolBlock(1, "toolu_2", "now"));
        tools(client, call, true);
    }

    private static void tools(Client client, Script call, boolean streamed) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                .answer(call)
                .answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Rain")))) {
            JsonNode completion = (streamed ? scene.assemble(TOOLS) : scene.complete(TOOLS)).completion();
            scene.sent();
            JsonNode choice = completion.at("/choices/0");
            assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
            JsonNode calls = choice.at("/message/tool_calls");
            assertThat(calls).hasSize(2);
            assertThat(calls.at("/0/function/arguments").asString().replace(" ", ""))
                    .isEqualTo("{\"city\":\"Oslo\"}");
            assertThat(calls.at("/1/function/arguments").asString()).isEqualTo("{}");
            scene.complete(
                            TOOLS,
                            "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"tool_calls\":"
                                    + calls + "},{\"role\":\"tool\",\"tool_call_id\":\"toolu_1\",\"content\":\"rain\"},"
                                    + "{\"role\":\"tool\",\"tool_call_id\":\"toolu_2\",\"content\":\"noon\"}]")
                    .completion();
            JsonNode messages = scene.sent().path("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.at("/1/content/0/input/city").asString()).isEqualTo("Oslo");
            assertThat(messages.at("/2/content/1/tool_use_id").asString()).isEqualTo("toolu_2");
        }
    }

    @EachClient
    void signedThinkingGoesBack(Client client) {
        Script answer = AnthropicFrames.message("end_turn", AnthropicFrames.THINKING, AnthropicFrames.text("Rain"));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)
                .answer(answer)
                .answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Yes")))) {
            String effort = "\"reasoning_effort\":\"low\"";
            JsonNode message = scene.complete(effort).completion().at("/choices/0/message");
            assertThat(message.path("reasoning_content").asString()).isEqualTo("Oslo is wet.");
            scene.sent();
            scene.complete(
                            effort,
                            "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}," + message
                                    + ",{\"role\":\"user\",\"content\":\"Sure?\"}]")
                    .completion();
            JsonNode back = scene.sent().at("/messages/1/content/0");
            assertThat(back.path("thinking").asString()).isEqualTo("Oslo is wet.");
            assertThat(back.path("signature").asString()).isEqualTo("c2lnbmVk");
        }
    }

    @EachClient
    void aBadRequest(Client client) {
        Script answer = Script.json(400, AnthropicFrames.errorBody("invalid_request_error", "Told so."));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            JsonNode error = scene.complete().raised(Raised.BAD_REQUEST);
            assertThat(error.path("message").asString()).contains("Told so.");
        }
    }

    @EachClient
    void aStreamCut(Client client) {
        Script answer =
                AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi")).fin().build();
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            Outcome outcome = scene.stream();
            assertThat(outcome.text(0)).isEqualTo("Hi");
            outcome.raised(Raised.IN_STREAM);
        }
    }
}
