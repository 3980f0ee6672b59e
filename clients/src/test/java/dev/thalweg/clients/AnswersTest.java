package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers without anything special. */
class AnswersTest {
    private static final String INCLUDE_USAGE = "\"stream_options\":{\"include_usage\":true}";

    @EachClient
    void aCompletion(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("Hello, you."))) {
            Outcome outcome = scene.complete();
            JsonNode completion = outcome.completion();
            assertThat(completion.path("id").asString()).isEqualTo(OpenAiScripts.ID);
            assertThat(completion.path("model").asString()).isEqualTo("gpt");
            assertThat(completion.at("/choices/0/message/role").asString()).isEqualTo("assistant");
            assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("Hello, you.");
            assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            assertThat(completion.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
            assertThat(completion.at("/usage/completion_tokens").asInt()).isEqualTo(5);
            assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(15);
            assertThat(outcome.json("requestId").asString()).startsWith("req_");
        }
    }

    @EachClient
    void aStreamWithoutUsageThatNobodyAskedFor(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming()
                        .text("Hel", "lo, ", "you.")
                        .usage(10, 5)
                        .build())) {
            Outcome outcome = scene.stream();
            List<JsonNode> chunks = outcome.chunks();
            assertThat(outcome.deltas(0).stream()
                            .map(delta -> delta.path("content").asString(""))
                            .filter(text -> !text.isEmpty()))
                    .containsExactly("Hel", "lo, ", "you.");
            assertThat(outcome.finishReasons(0)).containsExactly("stop");
            assertThat(chunks).allSatisfy(chunk -> {
                assertThat(chunk.path("id").asString()).isEqualTo(OpenAiScripts.ID);
                assertThat(chunk.path("model").asString()).isEqualTo("gpt");
                assertThat(chunk.path("choices")).hasSize(1);
                assertThat(chunk.path("usage").isObject()).isFalse();
            });
        }
    }

    @EachClient
    void aStreamWithUsageThatWasAskedFor(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming().text("Hello").usage(10, 5).build())) {
            List<JsonNode> chunks = scene.stream(INCLUDE_USAGE).chunks();
            JsonNode last = chunks.getLast();
            assertThat(last.path("choices")).isEmpty();
            assertThat(last.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
            assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(5);
            assertThat(chunks.subList(0, chunks.size() - 1))
                    .allSatisfy(
                            chunk -> assertThat(chunk.path("usage").isObject()).isFalse());
        }
    }

    @EachClient
    void aStreamPutTogetherByTheLibrary(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(OpenAiScripts.streaming().text("Hel", "lo").usage(10, 5).build())) {
            JsonNode completion = scene.assemble(INCLUDE_USAGE).completion();
            assertThat(completion.path("model").asString()).isEqualTo("gpt");
            assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("Hello");
            assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(15);
        }
    }

    @EachClient
    void twoChoicesInTurns(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.stream(
                        Frames.delta(0, "{\"role\":\"assistant\",\"content\":\"\"}"),
                        Frames.delta(1, "{\"role\":\"assistant\",\"content\":\"\"}"),
                        Frames.text(1, "Good "),
                        Frames.text(0, "Hel"),
                        Frames.text(1, "evening"),
                        Frames.finish(1, "length"),
                        Frames.text(0, "lo"),
                        Frames.finish(0, "stop")))) {
            Outcome outcome = scene.stream("\"n\":2");
            outcome.chunks();
            assertThat(outcome.text(0)).isEqualTo("Hello");
            assertThat(outcome.text(1)).isEqualTo("Good evening");
            assertThat(outcome.finishReasons(0)).containsExactly("stop");
            assertThat(outcome.finishReasons(1)).containsExactly("length");
            assertThat(scene.sent().path("n").asInt()).isEqualTo(2);
        }
    }

    @EachClient
    void theModelList(Client client) {
        try (Scene scene = Scene.of(client)) {
            JsonNode models = scene.run(scene.call("models")).json("models");
            assertThat(models).hasSize(1);
            assertThat(models.at("/0/id").asString()).isEqualTo("gpt");
            assertThat(models.at("/0/object").asString()).isEqualTo("model");
            assertThat(models.at("/0/owned_by").asString()).isEqualTo("openai");
        }
    }

    @EachClient
    void oneModel(Client client) {
        try (Scene scene = Scene.of(client)) {
            JsonNode model = scene.run(scene.call("model")).json("model");
            assertThat(model.path("id").asString()).isEqualTo("gpt");
            assertThat(model.path("object").asString()).isEqualTo("model");
            assertThat(model.path("owned_by").asString()).isEqualTo("openai");
            scene.run(scene.call("model", "\"model\":\"none\"")).raised(Raised.NOT_FOUND);
        }
    }
}
