package dev.thalweg.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a chat asks, and that no key goes where it does not belong. */
@Timeout(60)
class ConnectionFinderTest {
    private ScriptedUpstream local;

    @BeforeEach
    void start() {
        local = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        local.close();
    }

    private static ChatOptions options(String model, String baseUrl) {
        return new ChatOptions(null, model, baseUrl, null, null, null, null, true, null);
    }

    private Connection find(String model, String baseUrl, Map<String, String> environment) throws ChatProblem {
        return new ConnectionFinder(options(model, baseUrl), environment, local.url()).find();
    }

    private void isGateway(String... models) {
        local.answer(request -> request.target().equals("/health/ready")
                ? Script.json(200, "{\"status\":\"ok\",\"models\":1}")
                : Script.json(200, "{\"data\":[{\"id\":\"" + String.join("\"},{\"id\":\"", models) + "\"}]}"));
    }

    @Test
    void theGatewayOnThisMachineComesBeforeAProvidersKey() throws Exception {
        isGateway("fast");
        Connection found = find(null, null, Map.of("OPENAI_API_KEY", "sk-canary"));
        assertThat(found.model()).isEqualTo("fast");
        assertThat(found.line()).contains(local.url(), "a gateway answers there", "first model");
        assertThat(local.requests())
                .noneMatch(request -> request.header("authorization").isPresent());
    }

    @Test
    void aPatternInTheListMeansTheProvidersUsualModel() throws Exception {
        isGateway("openai/*", "thalweg/demo");
        assertThat(find(null, null, Map.of()).model()).isEqualTo("openai/gpt-4o-mini");
    }

    @Test
    void anotherProgramOnThePortIsNotAGatewayAndGetsNoKey() throws Exception {
        local.always(Script.json(200, "{\"hello\":1}"));
        Connection found = find(null, null, Map.of("GROQ_API_KEY", "sk-canary", "THALWEG_API_KEY", "sk-canary"));
        assertThat(found.model()).startsWith("groq/");
        assertThat(found.line()).contains("GROQ_API_KEY is set").doesNotContain("canary");
        assertThat(local.requests())
                .noneMatch(request -> request.header("authorization").isPresent());
    }

    @Test
    void aModelThatOnlyItsProviderHasIsAskedThere() throws Exception {
        isGateway("fast");
        Connection found = find("openai/gpt-4o", null, Map.of("OPENAI_API_KEY", "sk-canary"));
        assertThat(found.line()).contains("at its provider", "OPENAI_API_KEY");
    }

    @Test
    void theKeyOfOneGatewayIsNotSentToAnother() throws Exception {
        isGateway("fast");
        Map<String, String> other = Map.of("THALWEG_BASE_URL", "http://127.0.0.1:9", "THALWEG_API_KEY", "sk-canary");
        assertThat(find(null, local.url(), other).model()).isEqualTo("fast");
        assertThat(local.requests())
                .noneMatch(request -> request.header("authorization").isPresent());
    }

    @Test
    void withNobodyToAskItSaysWhatToStartAndWhatToSet() {
        assertThatThrownBy(() -> find(null, null, Map.of()))
                .isInstanceOf(ChatProblem.class)
                .hasMessageContaining("./thalweg serve")
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageContaining("--base-url");
    }

    @Test
    void aServerThatWantsAKeySaysWhereToPutIt() {
        local.always(Script.json(401, "{}"));
        assertThatThrownBy(() -> find(null, local.url(), Map.of()))
                .isInstanceOf(ChatProblem.class)
                .hasMessageContaining("THALWEG_API_KEY")
                .hasMessageContaining("--api-key-env");
    }
}
