package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The package "ai" runs a tool by itself, and asks again with what came of it. */
class AiSdkTest {
    private static final String RUN = "\"run\":true";
    private static final Script RAIN = OpenAiScripts.stream("Ra", "in");
    private static final Script WORDS_AND_CALL = OpenAiScripts.streaming()
            .text("One moment.")
            .toolCall("toolu_1", "weather", "{\"city\":", "\"Oslo\"}")
            .build();

    @EachAiSdk
    void aToolOfMessages(Client client) {
        Script call = AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER);
        Script answer = AnthropicFrames.message("end_turn", AnthropicFrames.text("Rain"));
        aTool(client, Provider.ANTHROPIC, "complete", call, answer);
    }

    @EachAiSdk
    void aToolOfMessagesStreamed(Client client) {
        Script call = AnthropicFrames.stream(
                "tool_use", AnthropicFrames.toolBlock(0, "toolu_1", "weather", "{\"city\":", "\"Oslo\"}"));
        Script answer = AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Ra", "in"));
        aTool(client, Provider.ANTHROPIC, "stream", call, answer);
    }

    @EachAiSdk
    void aToolOfChatCompletionsStreamed(Client client) {
        Script call = OpenAiScripts.streaming()
                .toolCall("toolu_1", "weather", "{\"city\":", "\"Oslo\"}")
                .build();
        aTool(client, Provider.CHAT, "stream", call, RAIN);
    }

    @EachAiSdk
    void aTextAndATool(Client client) {
        try (Scene scene =
                Scene.before(Provider.CHAT, client).answer(WORDS_AND_CALL).answer(RAIN)) {
            Told told = scene.askStreamed(RUN, "\"store\":false");
            assertThat(told.texts()).containsExactly("One moment.", "Ra", "in");
            scene.sent();
            assertThat(scene.sent().path("messages").toString()).contains("One moment.", "Oslo: rain");
        }
    }

    /** Unless told otherwise it believes that its provider keeps the items, and sends a reference to the text. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "AI_RESPONSES")
    void aReferenceToATextOfAnyProvider(Client client) {
        try (Scene scene =
                Scene.before(Provider.CHAT, client).answer(WORDS_AND_CALL).answer(RAIN)) {
            Told told = scene.askStreamed(RUN);
            assertThat(told.texts()).containsExactly("One moment.", "Ra", "in");
            scene.sent();
            assertThat(scene.sent().path("messages").toString()).contains("One moment.", "Oslo: rain");
        }
    }

    /** A provider that keeps the items gets the item all the same: who answers next may be another one. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "AI_RESPONSES")
    void aReferenceToATextThatTheProviderKept(Client client) {
        Script call = ResponsesFrames.whole(ResponsesFrames.TEXT + "," + ResponsesFrames.WEATHER);
        Script answer = ResponsesFrames.whole(ResponsesFrames.TEXT);
        try (Scene scene = Scene.before(Provider.RESPONSES, client).answer(call).answer(answer)) {
            assertThat(scene.ask(RUN).text()).isEqualTo("Hi there");
            scene.sent();
            JsonNode input = scene.sent().path("input");
            assertThat(input.at("/1/type").asString()).isEqualTo("message");
            assertThat(input.at("/1/id").asString()).isEqualTo("msg_1");
            assertThat(input.toString()).contains("Oslo: rain");
        }
    }

    private static void aTool(Client client, Provider provider, String operation, Script call, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(call).answer(answer)) {
            Told told = scene.told(scene.call(operation, RUN));
            assertThat(told.text()).isEqualTo("Rain");
            assertThat(told.finish()).isEqualTo("stop");
            scene.sent();
            assertThat(scene.sent().path("messages").toString()).contains("Oslo: rain", "toolu_1");
        }
    }
}
