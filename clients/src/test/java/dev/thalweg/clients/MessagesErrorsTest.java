package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Errors that Anthropic's clients are told of, before the answer and in it. */
class MessagesErrorsTest {

    @EachAnthropicClient
    void aBadRequestRelayed(Client client) {
        refused(client, Provider.ANTHROPIC, anthropic(400, "invalid_request_error"), Raised.BAD_REQUEST);
    }

    @EachAnthropicClient
    void aBadRequestTranslated(Client client) {
        Script answer = OpenAiScripts.error(400, "invalid_request_error", "oops", "Told so.");
        refused(client, Provider.OPENAI, answer, Raised.BAD_REQUEST);
    }

    @EachAnthropicClient
    void anOverload(Client client) {
        refused(client, Provider.ANTHROPIC, anthropic(529, "overloaded_error"), Raised.OVERLOADED);
    }

    @EachAnthropicClient
    void aServerErrorTranslated(Client client) {
        refused(client, Provider.OPENAI, OpenAiScripts.error(500, "server_error", null, "Told so."), Raised.SERVER);
    }

    private static Script anthropic(int status, String type) {
        return Script.json(status, AnthropicFrames.errorBody(type, "Told so."));
    }

    private static void refused(Client client, Provider provider, Script answer, Raised expected) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            JsonNode error = scene.complete().raised(expected);
            assertThat(error.path("message").asString()).contains("Told so.");
            assertThat(error.path("type").asString())
                    .isEqualTo(
                            switch (expected) {
                                case OVERLOADED -> "overloaded_error";
                                case SERVER -> "api_error";
                                default -> "invalid_request_error";
                            });
        }
    }

    @EachAnthropicClient
    void aWrongKey(Client client) {
        try (Scene scene = Scene.locked(client, "sk-right")) {
            Call call = scene.call("complete").maxRetries(2);
            JsonNode error = scene.run(call.apiKey("sk-wrong")).raised(Raised.AUTHENTICATION);
            assertThat(error.path("type").asString()).isEqualTo("authentication_error");
            assertThat(error.path("message").asString()).doesNotContain("sk-wrong");
            assertThat(scene.upstream().requests()).isEmpty();
            scene.answer(OpenAiScripts.completion("Welcome"));
            scene.run(call.apiKey("sk-right")).completion();
        }
    }

    @EachAnthropicClient
    void anUnknownModel(Client client) {
        try (Scene scene = Scene.before(Provider.ANTHROPIC, client)) {
            JsonNode error = scene.complete("\"model\":\"gtp\"").raised(Raised.NOT_FOUND);
            assertThat(error.path("type").asString()).isEqualTo("not_found_error");
        }
    }

    @EachAnthropicClient
    void aRateLimitTriedAgain(Client client) {
        Script limited = Script.status(429)
                .header("Content-Type", "application/json")
                .header("retry-after", "1")
                .text(AnthropicFrames.errorBody("rate_limit_error", "Slow down."))
                .build();
        try (Scene scene =
                Scene.before(Provider.ANTHROPIC, client).answer(limited).answer(limited)) {
            JsonNode error = scene.complete().raised(Raised.RATE_LIMIT);
            assertThat(error.path("type").asString()).isEqualTo("rate_limit_error");
            assertThat(error.path("retryAfter").asString()).isEqualTo("1");
            scene.answer(AnthropicFrames.message("end_turn", AnthropicFrames.text("Now")));
            scene.run(scene.call("complete").maxRetries(1)).completion();
            var requests = scene.upstream().requests();
            assertThat(requests).hasSize(3);
            assertThat(requests.get(2).arrivedAt() - requests.get(1).arrivedAt())
                    .isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    @EachAnthropicClient
    void anErrorInAStreamRelayed(Client client) {
        Script answer = AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi"))
                .event("error", AnthropicFrames.errorBody("overloaded_error", "Told so."))
                .build();
        JsonNode error = broken(client, Provider.ANTHROPIC, answer);
        assertThat(error.path("message").asString()).contains("Told so.");
    }

    @EachAnthropicClient
    void anErrorInAStreamTranslated(Client client) {
        Script answer = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hi"))
                .event(OpenAiScripts.errorBody("server_error", "oops", "Told so."))
                .build();
        JsonNode error = broken(client, Provider.OPENAI, answer);
        assertThat(error.path("message").asString()).contains("Told so.");
    }

    @EachAnthropicClient
    void aStreamCutAndRelayed(Client client) {
        broken(
                client,
                Provider.ANTHROPIC,
                AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi")).fin().build());
    }

    @EachAnthropicClient
    void aStreamCutAndTranslated(Client client) {
        Script answer = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hi"))
                .fin()
                .build();
        broken(client, Provider.OPENAI, answer);
    }

    private static JsonNode broken(Client client, Provider provider, Script answer) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            Outcome outcome = scene.stream();
            assertThat(outcome.received().toString()).contains("\"Hi\"");
            return outcome.raised(Raised.IN_STREAM);
        }
    }
}
