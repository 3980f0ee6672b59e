package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What an answer or a prompt may hold, and how long it may take. */
class ContentTest {
    private static final String LOGPROBS =
            "\"logprobs\":{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.25,\"bytes\":[72,105],\"top_logprobs\":[]}],"
                    + "\"refusal\":null}";

    /** Emoji with a joiner, right to left, a combining accent, and the separators that some readers take for line ends. */
    private static final String SCRIPTS =
            "👩‍🚀 שלום مرحبا e\u0301 [\u2028] [\u2029] [\u0085] 漢字 \uD83C\uDDEA\uD83C\uDDFA";

    @EachClient
    void reasoning(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.stream(
                        Frames.delta(0, "{\"role\":\"assistant\",\"content\":\"\"}"),
                        Frames.delta(0, "{\"reasoning_content\":\"Let me \"}"),
                        Frames.delta(0, "{\"reasoning_content\":\"think.\"}"),
                        Frames.text(0, "Yes"),
                        Frames.finish(0, "stop")))
                .answer(Frames.completion(
                        "\"content\":\"Yes\",\"reasoning_content\":\"Let me think.\"", "\"finish_reason\":\"stop\""))) {
            Outcome streamed = scene.stream();
            assertThat(streamed.joined(0, "reasoning_content")).isEqualTo("Let me think.");
            assertThat(streamed.text(0)).isEqualTo("Yes");
            JsonNode message = scene.complete().completion().at("/choices/0/message");
            assertThat(message.path("reasoning_content").asString()).isEqualTo("Let me think.");
            assertThat(message.path("content").asString()).isEqualTo("Yes");
        }
    }

    @EachClient
    void aRefusal(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.stream(
                        Frames.delta(0, "{\"role\":\"assistant\",\"refusal\":\"\"}"),
                        Frames.delta(0, "{\"refusal\":\"I \"}"),
                        Frames.delta(0, "{\"refusal\":\"cannot.\"}"),
                        Frames.finish(0, "stop")))
                .answer(Frames.completion(
                        "\"content\":null,\"refusal\":\"I cannot.\"", "\"finish_reason\":\"stop\""))) {
            Outcome streamed = scene.stream();
            streamed.chunks();
            assertThat(streamed.joined(0, "refusal")).isEqualTo("I cannot.");
            assertThat(streamed.text(0)).isEmpty();
            JsonNode message = scene.complete().completion().at("/choices/0/message");
            assertThat(message.path("refusal").asString()).isEqualTo("I cannot.");
        }
    }

    @EachClient
    void logprobs(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.stream(
                        Frames.chunk("[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"}," + LOGPROBS
                                + ",\"finish_reason\":null}]"),
                        Frames.finish(0, "stop")))
                .answer(Frames.completion(
                        "\"content\":\"Hi\",\"refusal\":null", LOGPROBS + ",\"finish_reason\":\"stop\""))) {
            JsonNode chunk = scene.stream("\"logprobs\":true").chunks().getFirst();
            assertThat(chunk.at("/choices/0/logprobs/content/0/token").asString())
                    .isEqualTo("Hi");
            assertThat(chunk.at("/choices/0/logprobs/content/0/logprob").asDouble())
                    .isEqualTo(-0.25);
            JsonNode completion = scene.complete("\"logprobs\":true").completion();
            assertThat(completion.at("/choices/0/logprobs/content/0/bytes/1").asInt())
                    .isEqualTo(105);
        }
    }

    @EachClient
    void allScriptsBothWays(Client client) {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + SCRIPTS + "\"}]";
        try (Scene scene = Scene.of(client)
                .answer(Frames.events(Frames.text(0, SCRIPTS.substring(0, 5)))
                        .split(1)
                        .event(Frames.text(0, SCRIPTS.substring(5)))
                        .unsplit()
                        .event(Frames.finish(0, "stop"))
                        .event("[DONE]")
                        .build())
                .answer(OpenAiScripts.completion(SCRIPTS))) {
            Outcome streamed = scene.stream(messages);
            streamed.chunks();
            assertThat(streamed.text(0)).isEqualTo(SCRIPTS);
            assertThat(scene.sent().at("/messages/0/content").asString()).isEqualTo(SCRIPTS);
            assertThat(scene.complete(messages)
                            .completion()
                            .at("/choices/0/message/content")
                            .asString())
                    .isEqualTo(SCRIPTS);
        }
    }

    @EachClient
    void aPromptOfAMegabyte(Client client) {
        String prompt = "Twelve bytes".repeat(1024 * 1024 / 12 + 1);
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.completion("That was long."))) {
            Outcome outcome = scene.complete("\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]");
            assertThat(outcome.completion().at("/choices/0/message/content").asString())
                    .isEqualTo("That was long.");
            assertThat(scene.sent().at("/messages/0/content").asString().equals(prompt))
                    .isTrue();
        }
    }

    /** The client's patience is shorter than the model's silence: what it hears in between are the gateway's comments. */
    @EachClient
    void aLongThinkKeptAliveByTheGateway(Client client) {
        try (Scene scene = Scene.with(client, "num_retries: 0, stream_keep_alive: 200ms")
                .answer(Frames.events()
                        .sleep(Duration.ofMillis(1500))
                        .head()
                        .event(Frames.text(0, "At last"))
                        .sleep(Duration.ofMillis(1500))
                        .event(Frames.finish(0, "stop"))
                        .event("[DONE]")
                        .build())) {
            Outcome outcome = scene.run(scene.call("stream").timeout(Duration.ofSeconds(1)));
            outcome.chunks();
            assertThat(outcome.text(0)).isEqualTo("At last");
            assertThat(outcome.finishReasons(0)).containsExactly("stop");
        }
    }

    @EachClient
    void aProvidersOwnComments(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Frames.events()
                        .comment("PROCESSING")
                        .flush()
                        .comment("PROCESSING")
                        .event(Frames.text(0, "Hel"))
                        .comment("PROCESSING")
                        .event(Frames.text(0, "lo"))
                        .event(Frames.finish(0, "stop"))
                        .event("[DONE]")
                        .build())) {
            Outcome outcome = scene.stream();
            assertThat(outcome.chunks()).hasSize(3);
            assertThat(outcome.text(0)).isEqualTo("Hello");
        }
    }
}
