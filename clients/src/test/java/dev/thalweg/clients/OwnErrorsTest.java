package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Errors before an answer: the classes that providers' own clients raise, and when they try again. */
class OwnErrorsTest {
    @EachOwnPair
    void aBadRequest(Client client, Provider provider) {
        refused(client, provider, "error 400", Raised.BAD_REQUEST, "out of range");
    }

    @EachOwnPair
    void aModelThatTheProviderLacks(Client client, Provider provider) {
        refused(client, provider, "error 404, model", Raised.NOT_FOUND, "does not exist");
    }

    @EachOwnPair
    void aRateLimit(Client client, Provider provider) {
        refused(client, provider, "error 429 with retry-after", Raised.RATE_LIMIT, "Rate limit reached");
    }

    @EachOwnPair
    void aServerError(Client client, Provider provider) {
        refused(client, provider, "error 500", Raised.SERVER, "The server had an error");
    }

    private static void refused(Client client, Provider provider, String scenario, Raised expected, String words) {
        try (Scene scene = Scene.before(provider, client).reply(scenario).reply(scenario)) {
            scene.ask().raised(expected, words);
            JsonNode error = scene.askStreamed().raised(expected, words);
            if (client == Client.COHERE || client == Client.MISTRAL) {
                assertThat(error.path("requestId").asString("")).startsWith("req_");
            }
        }
    }

    /** The head of a stream waits for its first event, so that an error there still has its status. */
    @EachOwnPair
    void anErrorInsteadOfTheFirstEvent(Client client, Provider provider) {
        String scenario = "error in the first event";
        try (Scene scene = Scene.before(provider, client).reply(scenario).reply(scenario)) {
            for (Told told : new Told[] {scene.ask(), scene.askStreamed()}) {
                JsonNode error = told.raised("The engine is overloaded");
                assertThat(error.path("status").asInt())
                        .as("status of %s", error)
                        .isGreaterThanOrEqualTo(500);
            }
        }
    }

    @EachOwnClient
    void aWrongKey(Client client) {
        try (Scene scene = Scene.locked(client, "sk-right").reply("plain text")) {
            Call call = scene.call("complete");
            JsonNode error = scene.told(call.apiKey("sk-wrong")).raised(Raised.AUTHENTICATION, "");
            assertThat(error.path("message").asString()).doesNotContain("sk-wrong");
            assertThat(scene.upstream().requests()).isEmpty();
            assertThat(scene.told(call.apiKey("sk-right")).text()).isEqualTo("Hello there.");
        }
    }

    @EachOwnClient
    void anUnknownModel(Client client) {
        try (Scene scene = Scene.of(client)) {
            scene.ask("\"model\":\"gtp\"").raised(Raised.NOT_FOUND, "gtp");
        }
    }

    /** Ollama's client never tries again. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA", "COHERE", "MISTRAL"})
    void aServerErrorTriedAgainByTheClient(Client client) {
        try (Scene scene = Scene.of(client).reply("error 500").reply("plain text")) {
            assertThat(scene.told(scene.call("complete").maxRetries(1)).text()).isEqualTo("Hello there.");
            assertThat(scene.upstream().requests()).hasSize(2);
        }
    }

    /** The provider says two seconds. Google's clients have a way of their own. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"COHERE", "MISTRAL"})
    void aRateLimitWaitedFor(Client client) {
        try (Scene scene = Scene.of(client).reply("error 429 with retry-after").reply("plain text")) {
            assertThat(scene.told(scene.call("complete").maxRetries(1)).text()).isEqualTo("Hello there.");
            var requests = scene.upstream().requests();
            assertThat(requests).hasSize(2);
            assertThat(Duration.ofNanos(
                            requests.get(1).arrivedAt() - requests.get(0).arrivedAt()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(1900));
        }
    }
}
