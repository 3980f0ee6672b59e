package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the frameworks raise, and what they do about it themselves. */
class FrameworkErrorsTest {
    private static final String TEN = "0123456789";

    @EachFramework
    void aBadRequest(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Script.json(
                        400,
                        "{\"error\":{\"message\":\"Too hot.\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"temperature\",\"code\":\"decimal_above_max_value\"}}"))) {
            JsonNode error = scene.ask().raised(Raised.BAD_REQUEST, "Too hot.");
            // Where the library has no words of its own for these, it shows the whole body.
            assertThat(error.toString()).contains("decimal_above_max_value", "temperature");
        }
    }

    @EachFramework
    void aWrongKey(Client client) {
        try (Scene scene = Scene.locked(client, "sk-right")) {
            Call call = scene.call("complete");
            JsonNode error = scene.told(call.apiKey("sk-wrong")).raised(Raised.AUTHENTICATION, "key");
            assertThat(error.toString()).doesNotContain("sk-wrong");
            assertThat(scene.upstream().requests()).isEmpty();
        }
    }

    @EachFramework
    void anUnknownModel(Client client) {
        try (Scene scene = Scene.of(client)) {
            scene.ask("\"model\":\"gtp\"").raised(Raised.NOT_FOUND, "gtp");
        }
    }

    @EachFramework
    void aRateLimit(Client client) {
        try (Scene scene = Scene.of(client).answer(limited())) {
            scene.ask().raised(Raised.RATE_LIMIT, "Slow down.");
        }
    }

    /** LangChain4j goes by no header: it waits as long as it thinks right. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SPRING_AI", "AI_CHAT", "AI_RESPONSES", "AI_COMPATIBLE"})
    void aRateLimitWaitedForInMilliseconds(Client client) {
        try (Scene scene = Scene.of(client).answer(limited()).answer(OpenAiScripts.completion("Now"))) {
            assertThat(scene.told(scene.call("complete").maxRetries(1)).text()).isEqualTo("Now");
            List<RecordedRequest> requests = scene.upstream().requests();
            assertThat(requests).hasSize(2);
            assertThat(Duration.ofNanos(
                            requests.get(1).arrivedAt() - requests.get(0).arrivedAt()))
                    .isBetween(Duration.ofMillis(1050), Duration.ofMillis(1999));
        }
    }

    @EachFramework
    void twoServerErrorsTriedAgainByTheClient(Client client) {
        Script broken = Script.status(500)
                .header("Content-Type", "application/json")
                .header("retry-after-ms", "20")
                .text(OpenAiScripts.errorBody("server_error", null, "It broke."))
                .build();
        try (Scene scene = Scene.of(client).answer(broken).answer(broken).answer(OpenAiScripts.completion("Now"))) {
            assertThat(scene.told(scene.call("complete").maxRetries(2)).text()).isEqualTo("Now");
            assertThat(scene.upstream().requests()).hasSize(3);
        }
    }

    @EachFramework
    void anErrorInsteadOfTheFirstEvent(Client client) {
        try (Scene scene = Scene.of(client)
                .answer(Script.sse()
                        .event(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                        .build())) {
            scene.askStreamed().raised(Raised.RATE_LIMIT, "Slow down.");
        }
    }

    @EachFramework
    void anErrorAfterTenPieces(Client client) {
        Script script = begun().event(OpenAiScripts.errorBody("server_error", "overloaded", "The model is overloaded."))
                .build();
        broken(client, script, "The model is overloaded.");
    }

    @EachFramework
    void aConnectionClosedAfterTenPieces(Client client) {
        broken(client, begun().flush().fin().build(), "");
    }

    /** Asked directly, some would take this for the end. */
    @EachFramework
    void aCleanEndWithoutFinishReasonOrMarker(Client client) {
        broken(client, begun().build(), "");
    }

    private static void broken(Client client, Script script, String words) {
        try (Scene scene = Scene.of(client).answer(script)) {
            Told told = scene.askStreamed();
            told.raised(words);
            assertThat(String.join("", told.texts())).isEqualTo(TEN);
        }
    }

    private static ScriptBuilder begun() {
        ScriptBuilder script = Script.sse().event(OpenAiScripts.roleChunk());
        for (String digit : TEN.split("")) {
            script.event(OpenAiScripts.contentChunk(digit));
        }
        return script;
    }

    private static Script limited() {
        return Script.status(429)
                .header("Content-Type", "application/json")
                .header("retry-after-ms", "1050")
                .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                .build();
    }
}
