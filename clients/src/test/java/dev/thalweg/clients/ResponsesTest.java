package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Responses API, before a provider that has it and before those that have not. */
class ResponsesTest {
    private static final String TOOLS = """
            "tools":[{"type":"function","name":"weather","description":"The weather in a city","strict":false,\
            "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""";
    private static final Script ANTHROPIC_TEXT = AnthropicFrames.message("end_turn", AnthropicFrames.text("Hi there"));

    @EachResponsesClient
    void aTextRelayed(Client client) {
        aText(client, Provider.RESPONSES, ResponsesFrames.whole(ResponsesFrames.TEXT));
    }

    @EachResponsesClient
    void aTextOfMessages(Client client) {
        aText(client, Provider.ANTHROPIC, ANTHROPIC_TEXT);
    }

    @EachResponsesClient
    void aTextOfChatCompletions(Client client) {
        aText(client, Provider.CHAT, OpenAiScripts.completion("Hi there"));
    }

    private static void aText(Client client, Provider provider, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            Outcome outcome = scene.run(scene.call("respond", "\"instructions\":\"Be brief.\""));
            saysHi(outcome.completion());
            assertThat(outcome.json("requestId").asString("")).startsWith("req_");
            assertThat(scene.sent().toString()).contains("Be brief.", "Hello");
        }
    }

    private static void saysHi(JsonNode response) {
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("model").asString()).isEqualTo("gpt");
        assertThat(response.at("/output/0/content/0/text").asString()).isEqualTo("Hi there");
        assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(10);
    }

    /** Codex sends this field; Anthropic's server refuses those that it does not know. */
    @EachResponsesClient
    void aFieldThatMessagesLackIsNotPassedOn(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(ANTHROPIC_TEXT)) {
            String field = "\"client_metadata\":{\"turn_id\":\"turn_1\"}";
            assertThat(scene.run(scene.call("respond", field)).json().has("error"))
                    .isFalse();
            assertThat(scene.sent().has("client_metadata")).isFalse();
        }
    }

    @EachResponsesClient
    void aStreamRelayed(Client client) {
        aStream(client, Provider.RESPONSES, ResponsesFrames.text());
    }

    @EachResponsesClient
    void aStreamOfMessages(Client client) {
        aStream(
                client,
                Provider.ANTHROPIC,
                AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Hi ", "there")));
    }

    private static void aStream(Client client, Provider provider, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(answer).answer(answer)) {
            List<JsonNode> events = scene.run(scene.call("respondStream")).chunks();
            assertThat(events.stream()
                            .map(event -> event.path("delta").asString(""))
                            .filter(text -> !text.isEmpty()))
                    .containsExactly("Hi ", "there");
            assertThat(events.getLast().path("type").asString()).isEqualTo("response.completed");
            saysHi(scene.run(scene.call("respondAssemble")).completion());
        }
    }

    @EachResponsesClient
    void aToolRelayed(Client client) {
        Script call = ResponsesFrames.whole(ResponsesFrames.WEATHER);
        aTool(client, Provider.RESPONSES, "respond", call, ResponsesFrames.whole(ResponsesFrames.TEXT));
    }

    @EachResponsesClient
    void aToolOfMessages(Client client) {
        aTool(client, Provider.ANTHROPIC, "respond", toolUse(), ANTHROPIC_TEXT);
    }

    @EachResponsesClient
    void aToolStreamedAndRelayed(Client client) {
        Script answer = ResponsesFrames.whole(ResponsesFrames.TEXT);
        aTool(client, Provider.RESPONSES, "respondAssemble", ResponsesFrames.call(), answer);
    }

    @EachResponsesClient
    void aToolOfMessagesStreamed(Client client) {
        Script call = AnthropicFrames.stream(
                "tool_use", AnthropicFrames.toolBlock(0, "call_1", "weather", "{\"city\":", "\"Oslo\"}"));
        aTool(client, Provider.ANTHROPIC, "respondAssemble", call, ANTHROPIC_TEXT);
    }

    private static Script toolUse() {
        return AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER.replace("toolu_1", "call_1"));
    }

    private static void aTool(Client client, Provider provider, String operation, Script call, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(call).answer(answer)) {
            JsonNode item = scene.run(scene.call(operation, TOOLS)).completion().at("/output/0");
            assertThat(item.path("type").asString()).isEqualTo("function_call");
            assertThat(item.path("call_id").asString()).isEqualTo("call_1");
            assertThat(item.path("name").asString()).isEqualTo("weather");
            assertThat(JsonMapper.shared()
                            .readTree(item.path("arguments").asString())
                            .toString())
                    .isEqualTo("{\"city\":\"Oslo\"}");
            scene.sent();
            String input = "\"input\":[{\"role\":\"user\",\"content\":\"Hello\"}," + item
                    + ",{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"rain\"}]";
            saysHi(scene.run(scene.call("respond", TOOLS, input)).completion());
            JsonNode sent = scene.sent();
            assertThat(sent.path(provider == Provider.RESPONSES ? "input" : "messages"))
                    .hasSize(3);
            assertThat(sent.toString()).contains("rain", "call_1", "Oslo");
        }
    }

    @EachResponsesClient
    void aConversationByItsIdOverMessages(Client client) {
        try (Scene scene =
                Scene.before(Provider.ANTHROPIC, client).answer(toolUse()).answer(ANTHROPIC_TEXT)) {
            String id = scene.run(scene.call("respond", TOOLS))
                    .completion()
                    .path("id")
                    .asString();
            scene.sent();
            String result =
                    "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"rain\"}]";
            saysHi(scene.run(scene.call("respond", TOOLS, result, before(id))).completion());
            JsonNode messages = scene.sent().path("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.at("/1/content/0/type").asString()).isEqualTo("tool_use");
            assertThat(messages.at("/2/content/0/tool_use_id").asString()).isEqualTo("call_1");
            keptAndDeleted(scene, id);
        }
    }

    @EachResponsesClient
    void aConversationByItsIdRelayed(Client client) {
        Script answer = ResponsesFrames.whole(ResponsesFrames.TEXT);
        try (Scene scene =
                Scene.before(Provider.RESPONSES, client).answer(answer).answer(answer)) {
            String id = scene.run(scene.call("respond")).completion().path("id").asString();
            scene.sent();
            saysHi(scene.run(scene.call("respond", before(id))).completion());
            JsonNode sent = scene.sent();
            assertThat(sent.path("previous_response_id").asString("").equals("resp_up")
                            || sent.path("input").size() == 3)
                    .as("the provider's own id, or the whole conversation: %s", sent)
                    .isTrue();
        }
    }

    private static String before(String id) {
        return "\"previous_response_id\":\"" + id + "\"";
    }

    private static void keptAndDeleted(Scene scene, String id) {
        Call retrieve = scene.call("retrieve", "\"id\":\"" + id + "\"");
        JsonNode kept = scene.run(retrieve).completion();
        assertThat(kept.path("id").asString()).isEqualTo(id);
        assertThat(kept.at("/output/0/name").asString()).isEqualTo("weather");
        scene.run(scene.call("delete", "\"id\":\"" + id + "\"")).completion();
        scene.run(retrieve).raised(Raised.NOT_FOUND);
        scene.run(scene.call("respond", before(id))).raised(Raised.BAD_REQUEST);
    }

    @EachResponsesClient
    void signedThinkingOfMessagesGoesBack(Client client) {
        Script answer = AnthropicFrames.message("end_turn", AnthropicFrames.THINKING, AnthropicFrames.text("Hi there"));
        try (Scene scene =
                Scene.before(Provider.ANTHROPIC, client).answer(answer).answer(ANTHROPIC_TEXT)) {
            String asked = "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
                    + "\"include\":[\"reasoning.encrypted_content\"],\"store\":false";
            JsonNode output =
                    scene.run(scene.call("respond", asked)).completion().path("output");
            assertThat(scene.sent().has("thinking")).isTrue();
            assertThat(output.at("/0/type").asString()).isEqualTo("reasoning");
            assertThat(output.at("/0/summary/0/text").asString()).isEqualTo("Oslo is wet.");
            String input = "\"input\":[{\"role\":\"user\",\"content\":\"Hello\"}," + output.path(0) + ","
                    + output.path(1) + ",{\"role\":\"user\",\"content\":\"Sure?\"}]";
            saysHi(scene.run(scene.call("respond", asked, input)).completion());
            JsonNode back = scene.sent().at("/messages/1/content/0");
            assertThat(back.path("thinking").asString()).isEqualTo("Oslo is wet.");
            assertThat(back.path("signature").asString()).isEqualTo("c2lnbmVk");
        }
    }
}
