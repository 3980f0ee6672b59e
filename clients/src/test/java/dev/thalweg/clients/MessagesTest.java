package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Anthropic's messages, before a provider of that protocol and before one of chat completions. */
class MessagesTest {
    private static final String THINK = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}";

    @EachAnthropicClient
    void aTextRelayed(Client client) {
        aText(client, Provider.ANTHROPIC, AnthropicFrames.message("end_turn", AnthropicFrames.text("Hi there")));
    }

    @EachAnthropicClient
    void aTextTranslated(Client client) {
        aText(client, Provider.OPENAI, OpenAiScripts.completion("Hi there"));
    }

    private static void aText(Client client, Provider provider, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            Outcome outcome = scene.complete("\"system\":\"Be brief.\"");
            JsonNode message = outcome.completion();
            assertThat(message.at("/content/0/text").asString()).isEqualTo("Hi there");
            assertThat(message.path("model").asString()).isEqualTo("gpt");
            assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
            assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(10);
            assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(5);
            assertThat(outcome.json("requestId").asString("")).startsWith("req_");
            assertThat(scene.sent().toString()).contains("Be brief.", "Hello");
        }
    }

    /** Claude Code's user id has 150 characters; some servers of chat completions take no more than 128. */
    @EachAnthropicClient
    void aLongUserIdTranslated(Client client) {
        try (Scene scene = Scene.before(Provider.OPENAI, client).answer(OpenAiScripts.completion("Hi"))) {
            scene.complete("\"metadata\":{\"user_id\":\"" + "u".repeat(150) + "\"}")
                    .completion();
            assertThat(scene.sent().path("user").asString("").length()).isLessThanOrEqualTo(128);
        }
    }

    @EachAnthropicClient
    void aStreamRelayed(Client client) {
        Script answer = AnthropicFrames.stream("end_turn", AnthropicFrames.textBlock(0, "Hi ", "there"));
        List<JsonNode> events = aStream(client, Provider.ANTHROPIC, answer);
        assertThat(events.getLast().path("type").asString()).isEqualTo("message_stop");
    }

    @EachAnthropicClient
    void aStreamTranslated(Client client) {
        aStream(
                client,
                Provider.OPENAI,
                OpenAiScripts.streaming().text("Hi ", "there").usage(10, 7).build());
    }

    private static List<JsonNode> aStream(Client client, Provider provider, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(answer).answer(answer)) {
            List<JsonNode> events = scene.stream().chunks();
            assertThat(events.stream()
                            .map(event -> event.at("/delta/text").asString(""))
                            .filter(text -> !text.isEmpty()))
                    .containsExactly("Hi ", "there");
            JsonNode message = scene.assemble().completion();
            assertThat(message.path("model").asString()).isEqualTo("gpt");
            assertThat(message.at("/content/0/text").asString()).isEqualTo("Hi there");
            assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
            assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(7);
            return events;
        }
    }

    @EachAnthropicClient
    void thinkingIsShownAndGoesBackWithItsSignature(Client client) {
        Script answer = AnthropicFrames.message("end_turn", AnthropicFrames.THINKING, AnthropicFrames.text("Rain"));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            signedThinkingGoesBack(scene, scene.complete(THINK).completion());
        }
    }

    @EachAnthropicClient
    void thinkingStreamedGoesBackWithItsSignature(Client client) {
        Script answer = AnthropicFrames.stream(
                "end_turn", AnthropicFrames.thinkingBlock(0), AnthropicFrames.textBlock(1, "Rain"));
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client).answer(answer)) {
            signedThinkingGoesBack(scene, scene.assemble(THINK).completion());
        }
    }

    private static void signedThinkingGoesBack(Scene scene, JsonNode message) {
        assertThat(scene.sent().at("/thinking/budget_tokens").asInt()).isEqualTo(2000);
        JsonNode thinking = message.at("/content/0");
        assertThat(thinking.path("thinking").asString()).isEqualTo("Oslo is wet.");
        assertThat(thinking.path("signature").asString()).isEqualTo("c2lnbmVk");
        scene.answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Yes")));
        scene.complete(THINK, goOn(message)).completion();
        JsonNode back = scene.sent().at("/messages/1/content/0");
        assertThat(back.path("type").asString()).isEqualTo("thinking");
        assertThat(back.path("thinking").asString()).isEqualTo("Oslo is wet.");
        assertThat(back.path("signature").asString()).isEqualTo("c2lnbmVk");
    }

    @EachAnthropicClient
    void reasoningOfAnotherProtocolIsThinkingAndMayComeBack(Client client) {
        Script answer = Frames.completion(
                "\"content\":\"Rain\",\"reasoning_content\":\"Oslo is wet.\"", "\"finish_reason\":\"stop\"");
        try (Scene scene = Scene.before(Provider.OPENAI, client).answer(answer)) {
            JsonNode message = scene.complete(THINK).completion();
            scene.sent();
            assertThat(message.at("/content/0/thinking").asString()).isEqualTo("Oslo is wet.");
            assertThat(message.at("/content/1/text").asString()).isEqualTo("Rain");
            scene.answer(OpenAiScripts.completion("Yes"));
            assertThat(scene.complete(goOn(message))
                            .completion()
                            .at("/content/0/text")
                            .asString())
                    .isEqualTo("Yes");
            assertThat(scene.sent().at("/messages/1/content").toString()).contains("Rain");
        }
    }

    private static String goOn(JsonNode message) {
        return "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":"
                + message.path("content") + "},{\"role\":\"user\",\"content\":\"Sure?\"}]";
    }

    @EachAnthropicClient
    void tokensCounted(Client client) {
        for (Provider provider : List.of(Provider.ANTHROPIC, Provider.OPENAI)) {
            // Anthropic counts itself; for others it is an estimate, and they are not asked.
            try (Scene scene = Scene.before(provider, client).answer(Script.json(200, "{\"input_tokens\":7}"))) {
                JsonNode count = scene.run(scene.call("count")).completion();
                assertThat(count.path("input_tokens").asInt()).isBetween(1, 20);
            }
        }
    }

    @EachAnthropicClient
    void theModelList(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)) {
            JsonNode models = scene.run(scene.call("models")).json("models");
            assertThat(models).hasSize(1);
            assertThat(models.at("/0/id").asString()).isEqualTo("gpt");
            assertThat(models.at("/0/type").asString()).isEqualTo("model");
            assertThat(models.at("/0/display_name").asString()).isEqualTo("gpt");
            assertThat(models.at("/0/created_at").asString()).startsWith("20");
        }
    }

    @EachAnthropicClient
    void oneModel(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)) {
            JsonNode model = scene.run(scene.call("model")).json("model");
            assertThat(model.path("id").asString()).isEqualTo("gpt");
            assertThat(model.path("type").asString()).isEqualTo("model");
            scene.run(scene.call("model", "\"model\":\"none\"")).raised(Raised.NOT_FOUND);
        }
    }
}
