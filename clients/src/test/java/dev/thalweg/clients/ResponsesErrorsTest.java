package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import tools.jackson.databind.JsonNode;

/** Errors in the Responses API. */
class ResponsesErrorsTest {
    @EachResponsesClient
    void aBadRequestRelayed(Client client) {
        Script answer = OpenAiScripts.error(400, "invalid_request_error", "oops", "Told so.");
        assertThat(refused(client, Provider.RESPONSES, answer, Raised.BAD_REQUEST)
                        .path("code")
                        .asString())
                .isEqualTo("oops");
    }

    @EachResponsesClient
    void aBadRequestOfMessages(Client client) {
        Script answer = Script.json(400, AnthropicFrames.errorBody("invalid_request_error", "Told so."));
        refused(client, Provider.ANTHROPIC, answer, Raised.BAD_REQUEST);
    }

    @EachResponsesClient
    void aRateLimitOfMessages(Client client) {
        Script answer = Script.json(429, AnthropicFrames.errorBody("rate_limit_error", "Told so."));
        refused(client, Provider.ANTHROPIC, answer, Raised.RATE_LIMIT);
    }

    private static JsonNode refused(Client client, Provider provider, Script answer, Raised expected) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            JsonNode error = scene.run(scene.call("respond")).raised(expected);
            assertThat(error.path("message").asString()).contains("Told so.");
            return error;
        }
    }

    @EachResponsesClient
    void anUnknownModel(Client client) {
        try (Scene scene = Scene.before(Provider.RESPONSES, client)) {
            JsonNode error =
                    scene.run(scene.call("respond", "\"model\":\"gtp\"")).raised(Raised.NOT_FOUND);
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
        }
    }

    @EachResponsesClient
    void anErrorInAStreamRelayed(Client client) {
        Script answer = ResponsesFrames.begun("Hi")
                .event(
                        "error",
                        "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"Told so.\",\"param\":null,"
                                + "\"sequence_number\":4}")
                .build();
        broken(client, Provider.RESPONSES, answer, "Told so.");
    }

    @EachResponsesClient
    void anErrorInAStreamOfMessages(Client client) {
        Script answer = AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi"))
                .event("error", AnthropicFrames.errorBody("overloaded_error", "Told so."))
                .build();
        broken(client, Provider.ANTHROPIC, answer, "Told so.");
    }

    @EachResponsesClient
    void aStreamCutAndRelayed(Client client) {
        broken(client, Provider.RESPONSES, ResponsesFrames.begun("Hi").fin().build(), "");
    }

    @EachResponsesClient
    void aStreamOfMessagesCut(Client client) {
        Script answer =
                AnthropicFrames.begun(AnthropicFrames.textBlock(0, "Hi")).fin().build();
        broken(client, Provider.ANTHROPIC, answer, "");
    }

    /** Told either by raising or by an event that is no success; a client must not take the answer for whole. */
    private static void broken(Client client, Provider provider, Script answer, String told) {
        try (Scene scene = Scene.before(provider, client).answer(answer)) {
            Outcome outcome = scene.run(scene.call("respondStream"));
            assertThat(outcome.received().toString()).contains("\"Hi\"").doesNotContain("response.completed");
            JsonNode last = outcome.received().getLast();
            String type = last.path("type").asString();
            boolean event = type.equals("error") || type.equals("response.failed");
            assertThat(event || outcome.json().has("error"))
                    .as("an error is told: %s", outcome.json())
                    .isTrue();
            assertThat(
                            event
                                    ? last.toString()
                                    : outcome.json().at("/error/message").asString())
                    .contains(told);
        }
    }
}
