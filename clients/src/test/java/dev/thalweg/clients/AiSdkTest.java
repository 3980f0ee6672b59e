package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The package "ai" with its provider for Anthropic's protocol: it calls the tool itself, and asks again. */
class AiSdkTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "AI_SDK")
    void aToolRelayed(Client client) {
        Script call = AnthropicFrames.message("tool_use", AnthropicFrames.WEATHER);
        Script answer = AnthropicFrames.message("end_turn", AnthropicFrames.text("Rain"));
        aTool(client, Provider.ANTHROPIC, "complete", call, answer);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "AI_SDK")
    void aToolStreamedAndRelayed(Client client) {
        Script call = AnthropicFrames.stream(
                "tool_use", AnthropicFrames.toolBlock(0, "toolu_1", "weather", "{\"city\":", "\"Oslo\"}"));
        Script answer = AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Ra", "in"));
        aTool(client, Provider.ANTHROPIC, "stream", call, answer);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "AI_SDK")
    void aToolStreamedAndTranslated(Client client) {
        Script call = OpenAiScripts.streaming()
                .toolCall("toolu_1", "weather", "{\"city\":", "\"Oslo\"}")
                .build();
        aTool(client, Provider.OPENAI, "stream", call, OpenAiScripts.stream("Ra", "in"));
    }

    private static void aTool(Client client, Provider provider, String operation, Script call, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(call).answer(answer)) {
            JsonNode told = scene.run(scene.call(operation)).completion();
            assertThat(told.path("text").asString()).isEqualTo("Rain");
            assertThat(told.path("finishReason").asString()).isEqualTo("stop");
            scene.sent();
            assertThat(scene.sent().path("messages").toString()).contains("Oslo: rain", "toolu_1");
        }
    }
}
