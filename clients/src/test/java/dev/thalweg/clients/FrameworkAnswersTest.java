package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of text, and what may be asked for. */
class FrameworkAnswersTest {
    /** A pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/" + "pooBPQAAAABJRU5ErkJggg==";

    /** Emoji with a joiner, right to left, the separators that some readers take for line ends, NUL and its like. */
    private static final String SCRIPTS = "👩‍🚀 שלום مرحبا e\u0301 [\u2028] [\u2029] [\u0085] [\u0000] [\u001f] 漢字";

    @EachFramework
    void aCompletion(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("Hello, you."))) {
            Told told = scene.ask();
            assertThat(told.text()).isEqualTo("Hello, you.");
            assertThat(told.finish()).isEqualTo("stop");
            assertThat(told.reasoning()).isEmpty();
            assertThat(told.calls()).isEmpty();
            told.used(10, 5);
        }
    }

    @EachFramework
    void aStreamWithItsUsage(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming()
                        .text("Hel", "lo, ", "you.")
                        .usage(10, 5)
                        .build())) {
            Told told = scene.askStreamed();
            assertThat(told.texts()).containsExactly("Hel", "lo, ", "you.");
            assertThat(told.text()).isEqualTo("Hello, you.");
            assertThat(told.finish()).isEqualTo("stop");
            told.used(10, 5);
        }
    }

    @EachFramework
    void anAnswerCutByItsLimit(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.completion("\"content\":\"Hello and\"", "\"finish_reason\":\"length\""))
                .answer(OpenAiScripts.streaming()
                        .text("Hello ", "and")
                        .finishReason("length")
                        .build())) {
            Told whole = scene.ask("\"maxTokens\":17");
            assertThat(whole.text()).isEqualTo("Hello and");
            assertThat(whole.finish()).isEqualTo("length");
            JsonNode sent = scene.sent();
            assertThat(sent.path("max_tokens")
                            .asInt(sent.path("max_completion_tokens").asInt()))
                    .isEqualTo(17);
            assertThat(scene.askStreamed("\"maxTokens\":17").finish()).isEqualTo("length");
        }
    }

    @EachFramework
    void structuredOutput(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("{\"city\":\"Oslo\"}"))) {
            Told told = scene.ask("\"schema\":true");
            assertThat(told.text()).isEqualTo("{\"city\":\"Oslo\"}");
            if (client.ai()) {
                assertThat(told.completion().at("/object/city").asString()).isEqualTo("Oslo");
            }
            JsonNode format = scene.sent().path("response_format");
            assertThat(format.path("type").asString()).isEqualTo("json_schema");
            assertThat(format.at("/json_schema/schema/properties/city/type").asString())
                    .isEqualTo("string");
        }
    }

    @EachFramework
    void anImage(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("A pixel."))) {
            assertThat(scene.ask("\"image\":\"" + PNG + "\"").text()).isEqualTo("A pixel.");
            JsonNode content = scene.sent().at("/messages/0/content");
            assertThat(content.at("/0/text").asString()).isEqualTo("Hello");
            assertThat(content.at("/1/image_url/url").asString()).isEqualTo("data:image/png;base64," + PNG);
        }
    }

    /** The provider for OpenAI's own chat completions reads no reasoning, since OpenAI shows none there. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LANGCHAIN4J", "SPRING_AI", "AI_RESPONSES", "AI_COMPATIBLE"})
    void reasoning(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.completion(
                        "\"content\":\"Yes\",\"reasoning_content\":\"Let me think.\"", "\"finish_reason\":\"stop\""))
                .answer(OpenAiScripts.streaming()
                        .reasoning("Let me ", "think.")
                        .text("Yes")
                        .build())) {
            for (Told told : new Told[] {scene.ask(), scene.askStreamed()}) {
                assertThat(told.reasoning()).isEqualTo("Let me think.");
                assertThat(told.text()).isEqualTo("Yes");
            }
        }
    }

    @EachFramework
    void everyScript(Client client) {
        String text = "\"text\":" + JsonMapper.shared().writeValueAsString(SCRIPTS);
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.completion(SCRIPTS))
                .answer(OpenAiScripts.streaming()
                        .text(SCRIPTS.substring(0, 5), SCRIPTS.substring(5))
                        .build())) {
            assertThat(scene.ask(text).text()).isEqualTo(SCRIPTS);
            assertThat(scene.sent().path("messages").values().stream()
                            .map(FrameworkAnswersTest::words)
                            .toList())
                    .containsExactly(SCRIPTS);
            assertThat(scene.askStreamed(text).text()).isEqualTo(SCRIPTS);
        }
    }

    @EachFramework
    void aPromptOfAMegabyte(Client client) {
        String prompt = "Twelve bytes".repeat(1024 * 1024 / 12 + 1);
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("That was long."))) {
            assertThat(scene.ask("\"text\":\"" + prompt + "\"").text()).isEqualTo("That was long.");
            assertThat(words(scene.sent().at("/messages/0")).equals(prompt)).isTrue();
        }
    }

    @EachFramework
    void aLongThinkWithSignsOfLife(Client client) {
        try (Scene scene = Scene.with(client, "num_retries: 0, stream_keep_alive: 100ms")
                .answer(Script.sse()
                        .sleep(Duration.ofMillis(350))
                        .head()
                        .comment("PROCESSING")
                        .event(OpenAiScripts.roleChunk())
                        .event(OpenAiScripts.contentChunk("At "))
                        .sleep(Duration.ofMillis(350))
                        .comment("PROCESSING")
                        .event(OpenAiScripts.contentChunk("last"))
                        .event(OpenAiScripts.finishChunk("stop"))
                        .event("[DONE]")
                        .build())) {
            Told told = scene.askStreamed();
            assertThat(told.texts()).containsExactly("At ", "last");
            assertThat(told.finish()).isEqualTo("stop");
        }
    }

    /** The other frameworks have no list of models. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "LANGCHAIN4J")
    void theModelList(Client client) {
        try (Scene scene = Scene.of(client)) {
            JsonNode models = scene.told(scene.call("models")).json().path("models");
            assertThat(models).hasSize(1);
            assertThat(models.at("/0/id").asString()).isEqualTo("gpt");
            assertThat(models.at("/0/owned_by").asString()).isEqualTo("openai");
        }
    }

    /** It offers to go on in HTTP/2 with every request; the gateway stays with HTTP/1.1, and has its body. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "LANGCHAIN4J")
    void anOfferOfHttp2(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("Hello"));
                ScriptedUpstream direct = ScriptedUpstream.start()) {
            direct.enqueue(OpenAiScripts.completion("Hello"));
            Call call = scene.call("complete", "\"text\":\"Whole\"");
            String url = direct.url() + "/v1";
            assertThat(scene.told(Call.of("complete", url, call.request())).text())
                    .isEqualTo("Hello");
            RecordedRequest request = direct.takeRequest(Scene.SOON);
            assertThat(request.header("upgrade")).contains("h2c");
            assertThat(scene.told(call).text()).isEqualTo("Hello");
            assertThat(words(scene.sent().at("/messages/0"))).isEqualTo("Whole");
        }
    }

    /** The text of a message, whether it came as such or as the only part of its content. */
    private static String words(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isString() ? content.asString() : content.at("/0/text").asString();
    }
}
