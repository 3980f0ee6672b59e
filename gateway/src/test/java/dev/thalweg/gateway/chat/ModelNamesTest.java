package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.Deployment;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.Notice;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entry of the file serves a name. */
@Timeout(30)
class ModelNamesTest {
    private static final String FILE = """
            model_list:
            - {model_name: "openai/*", params: {model: "openai/*", api_key: k}}
            - {model_name: "openai/gpt-4o*", params: {model: "openai/gpt-4o*", api_key: k}}
            - {model_name: openai/gpt-4o, params: {model: openai/gpt-4o, api_key: k}}
            - {model_name: o3-mini, params: {model: groq/mine, api_key: k}}
            - {model_name: "deepseek/*", params: {model: "deepseek/*", api_key: k}}
            - {model_name: "fast-*", params: {model: "groq/*", api_key: k}}
            router_settings:
              model_group_alias: {best: openai/gpt-5}
            """;

    private static ModelTable table(String yaml, Map<String, String> environment) {
        GatewayConfig config =
                ConfigLoader.parse("config.yaml", yaml, environment).orThrow();
        return new ModelTable(config.deployments(), config.settings(), new RouteStates());
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4o, openai/gpt-4o, gpt-4o",
        "openai/gpt-4o-mini, openai/gpt-4o*, gpt-4o-mini",
        "openai/gpt-5, openai/*, gpt-5",
        "o3-mini, o3-mini, mine",
        "fast-llama, fast-*, llama",
        "best, openai/*, gpt-5",
        // a bare name is the maker's
        "gpt-4o, openai/gpt-4o, gpt-4o",
        "gpt-4o-mini, openai/gpt-4o*, gpt-4o-mini",
        "gpt-5, openai/*, gpt-5",
        "o4-mini, openai/*, o4-mini",
        "deepseek-chat, deepseek/*, deepseek-chat",
    })
    void theMostSpecificEntryServesAName(String asked, String group, String upstream) {
        ModelTable table = table(FILE, Map.of());
        ModelTable.Group found = table.find(asked).orElseThrow();

        assertThat(found.name()).isEqualTo(group);
        assertThat(found.first().upstreamModel(table.resolved(asked))).isEqualTo(upstream);
    }

    @ParameterizedTest
    @CsvSource({"claude-sonnet-4-5", "acme/gpt-4o", "llama-3.3-70b", "grok-4"})
    void aNameIsOfNobodyWhoseMakerIsNotServed(String asked) {
        assertThat(table(FILE, Map.of()).find(asked)).isEmpty();
    }

    @Test
    void aNameThatIsNearlyAKnownOneIsSuggestedWhereItIsServed() {
        assertThat(table(FILE, Map.of()).near("deepseek-chta")).containsExactly("deepseek/deepseek-chat");
        assertThat(table(FILE, Map.of()).near("claude-opus-4-5x")).isEmpty();
        assertThat(table(FILE, Map.of()).near("d".repeat(50_000))).isEmpty();
    }

    @Test
    void aStarForAStarServesWhateverTheEnvironmentHasKeysFor() {
        String yaml = """
                model_list:
                - {model_name: mine, params: {model: openai/gpt-4o, api_key: k}}
                - {model_name: "*", litellm_params: {model: "*"}}
                """;
        GatewayConfig config = ConfigLoader.parse(
                        "config.yaml", yaml, Map.of("OPENAI_API_KEY", "a", "XAI_API_KEY", "b"))
                .orThrow();

        assertThat(config.deployments()).extracting(Deployment::modelName).containsExactly("mine", "openai/*", "xai/*");
        assertThat(config.deployments()).extracting(Deployment::id).doesNotHaveDuplicates();
        assertThat(config.notices()).extracting(Notice::text).contains("config.yaml:3: '*' serves openai/*, xai/*");
        ModelTable table = new ModelTable(config.deployments(), config.settings(), new RouteStates());
        assertThat(table.find("grok-4").orElseThrow().name()).isEqualTo("xai/*");
    }

    @Test
    void aBareNameReachesTheProviderUnderItsOwnNameAndComesBackAsItWasAsked() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
                TestGateway gateway = TestGateway.of("""
                        model_list:
                        - {model_name: "openai/*", params: {model: "openai/*", api_key: k, api_base: "%s"}}
                        """.formatted(upstream.url()));
                RawClient client = gateway.connect()) {
            client.post(
                    "/v1/chat/completions",
                    Map.of(),
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).contains("\"model\":\"gpt-4o\"");
            assertThat(upstream.takeRequest(Duration.ofSeconds(5)).bodyText()).contains("\"model\":\"gpt-4o\"");
        }
    }
}
