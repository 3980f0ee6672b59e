package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Errors before the answer begins: their class, what they say, and what the client does about them. */
class ErrorsTest {
    private static final Script RATE_LIMITED = limited("retry-after-ms", "1050");
    private static final Script OVERLOADED = OpenAiScripts.error(503, "server_error", null, "Overloaded.");

    @EachClient
    void aBadRequest(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Script.json(
                        400,
                        "{\"error\":{\"message\":\"Too hot.\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"temperature\",\"code\":\"decimal_above_max_value\"}}"))) {
            JsonNode error = scene.complete("\"temperature\":9").raised(Raised.BAD_REQUEST);
            assertThat(error.path("code").asString()).isEqualTo("decimal_above_max_value");
            assertThat(error.path("param").asString()).isEqualTo("temperature");
            assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
            assertThat(error.path("message").asString()).contains("Too hot.");
        }
    }

    @EachClient
    void aWrongKey(Client client) {
        try (Scene scene = Scene.locked(client, "sk-right")) {
            Call call = scene.call("complete").maxRetries(2);
            JsonNode error = scene.run(call.apiKey("sk-wrong")).raised(Raised.AUTHENTICATION);
            assertThat(error.path("code").asString()).isEqualTo("invalid_api_key");
            assertThat(error.path("message").asString()).doesNotContain("sk-wrong");
            assertThat(scene.upstream().requests()).isEmpty();
            scene.answer(OpenAiScripts.completion("Welcome"));
            assertThat(scene.run(call.apiKey("sk-right"))
                            .completion()
                            .at("/choices/0/message/content")
                            .asString())
                    .isEqualTo("Welcome");
        }
    }

    @EachClient
    void anUnknownModel(Client client) {
        try (Scene scene = Scene.of(client)) {
            JsonNode error = scene.complete("\"model\":\"gtp\"").raised(Raised.NOT_FOUND);
            assertThat(error.path("code").asString()).isEqualTo("model_not_found");
            assertThat(error.path("param").asString()).isEqualTo("model");
            assertThat(error.path("message").asString()).contains("gtp");
        }
    }

    @EachClient
    void aRateLimit(Client client) {
        try (Scene scene = Scene.of(client).answer(RATE_LIMITED)) {
            JsonNode error = scene.complete().raised(Raised.RATE_LIMIT);
            assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
            assertThat(error.path("type").asString()).isEqualTo("requests");
            assertThat(error.path("retryAfter").asString()).isEqualTo("2");
        }
    }

    /** The wait in seconds would be two: the client went by the milliseconds. Its own choice would be half a second. */
    @EachClient
    void aRateLimitWaitedForInMilliseconds(Client client) {
        assertThat(waited(client, RATE_LIMITED)).isBetween(Duration.ofMillis(1050), Duration.ofMillis(1999));
    }

    @EachClient
    void aRateLimitWaitedForInSeconds(Client client) {
        assertThat(waited(client, limited("retry-after", "1"))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    private static Duration waited(Client client, Script refusal) {
        try (Scene scene = Scene.of(client).answer(refusal).answer(OpenAiScripts.completion("Now"))) {
            Outcome outcome = scene.run(scene.call("complete").maxRetries(1));
            assertThat(outcome.completion().at("/choices/0/message/content").asString())
                    .isEqualTo("Now");
            List<RecordedRequest> requests = scene.upstream().requests();
            assertThat(requests).hasSize(2);
            return Duration.ofNanos(
                    requests.get(1).arrivedAt() - requests.get(0).arrivedAt());
        }
    }

    @EachClient
    void aServerError(Client client) {
        try (Scene scene = Scene.of(client).answer(OpenAiScripts.error(500, "server_error", "oops", "It broke."))) {
            JsonNode error = scene.complete().raised(Raised.SERVER);
            assertThat(error.path("code").asString()).isEqualTo("oops");
            assertThat(error.path("message").asString()).contains("It broke.");
        }
    }

    @EachClient
    void anOverloadTriedAgainByTheClient(Client client) {
        try (Scene scene = Scene.of(client).answer(OVERLOADED).answer(OpenAiScripts.completion("Now"))) {
            Outcome outcome = scene.run(scene.call("complete").maxRetries(1));
            assertThat(outcome.completion().at("/choices/0/message/content").asString())
                    .isEqualTo("Now");
            assertThat(scene.upstream().requests()).hasSize(2);
        }
    }

    /** The gateway has tried twice and says so: two tries, not six. */
    @EachClient
    void anOverloadThatTheGatewayHasTriedAgain(Client client) {
        try (Scene scene = Scene.with(client, "num_retries: 1")) {
            scene.upstream().always(OVERLOADED);
            Outcome outcome = scene.run(scene.call("complete").maxRetries(2));
            outcome.raised(Raised.UNAVAILABLE);
            assertThat(scene.upstream().requests()).hasSize(2);
        }
    }

    /** The head of a stream waits for its first event, so that an error there still has its status. */
    @EachClient
    void anErrorInsteadOfTheFirstEvent(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Script.sse()
                        .event(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                        .build())) {
            JsonNode error = scene.stream().raised(Raised.RATE_LIMIT);
            assertThat(error.path("code").asString()).isEqualTo("rate_limit_exceeded");
            assertThat(error.path("message").asString()).contains("Slow down.");
        }
    }

    private static Script limited(String header, String value) {
        return Script.status(429)
                .header("Content-Type", "application/json")
                .header(header, value)
                .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                .build();
    }
}
