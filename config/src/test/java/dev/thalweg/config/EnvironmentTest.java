package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.upstream.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values from the environment, and what becomes of those that are not there. */
class EnvironmentTest {
    private static final String TWO = """
            model_list:
            - {model_name: lost, params: {model: openai/a, api_key: os.environ/NOT_SET}}
            - {model_name: kept, params: {model: openai/b, api_key: os.environ/SET}}
            """;

    @Test
    void servingDisablesJustTheDeploymentWhoseVariableIsNotSet() {
        GatewayConfig config = Configs.read(TWO, Map.of("SET", "k"));

        assertThat(config.deployments().get(0).disabled())
                .isEqualTo("the environment variable NOT_SET is not set; set it");
        assertThat(config.deployments().get(1).disabled()).isNull();
        assertThat(Configs.notices(config, Notice.Kind.DISABLED))
                .first()
                .isEqualTo("config.yaml:2: 'lost' is DISABLED (model_list[0].params.api_key): the environment variable"
                        + " NOT_SET is not set; set it");
    }

    @Test
    void checkingFailsOnAVariableThatIsNotSet() {
        assertThat(Configs.problems(TWO, Map.of("SET", "k"), Strictness.CHECK))
                .containsExactly("config.yaml:2:57: model_list[0].params.api_key: the environment variable NOT_SET is"
                        + " not set; set it");
    }

    @Test
    void aProviderWithoutAKeyIsDisabledWhenServedAndAProblemWhenChecked() {
        String yaml = "model_list: [{model_name: m, params: {model: groq/x}}]";

        assertThat(Configs.read(yaml).deployments().get(0).disabled())
                .isEqualTo("there is no key for groq; set GROQ_API_KEY, or add an api_key");
        assertThat(Configs.problems(yaml, Map.of(), Strictness.CHECK)).hasSize(1);
        assertThat(Configs.read(yaml, Map.of("GROQ_API_KEY", "k"))
                        .deployments()
                        .get(0)
                        .disabled())
                .isNull();
    }

    @Test
    void aProviderThatOnlyLiteLlmHasIsDisabledWhenServedAndAProblemWhenChecked() {
        String yaml = "model_list: [{model_name: m, params: {model: watsonx/granite, api_key: k}}]";

        assertThat(Configs.read(yaml).deployments().get(0).disabled())
                .startsWith("LiteLLM's provider 'watsonx' is not in Thalweg yet");
        assertThat(Configs.problems(yaml, Map.of(), Strictness.CHECK)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "general_settings: {master_key: os.environ/NOT_SET}",
                "general_settings: {master_key: }",
                "general_settings: {master_key: ''}",
                "general_settings: {master_key: 'a b'}",
                "general_settings: {master_key: \"a\\n\"}",
                "keys: [{name: a, key: os.environ/NOT_SET}]",
                "keys: [{name: a, key: }]",
                "keys: [{name: a}]",
                "keys:",
                "litellm_settings: {request_timeout: os.environ/NOT_SET}",
                "environment_variables: {A: os.environ/NOT_SET}",
            })
    void aKeyThatIsMeantAndMissingNeverOpensTheGateway(String section) {
        String yaml = "model_list: [{model_name: m, params: {model: thalweg/demo}}]\n" + section;

        assertThat(Configs.problems(yaml)).singleElement().asString().startsWith("config.yaml:2:");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        assertThat(Configs.read(TWO, Map.of("SET", " ")).deployments())
                .extracting(Deployment::disabled)
                .doesNotContainNull();
    }

    @Test
    void theFilesVariablesAreReadWhereTheProcessHasNone() {
        String yaml = TWO + "environment_variables: {NOT_SET: from-file, SET: from-file}";
        List<Deployment> deployments =
                Configs.read(yaml, Map.of("SET", "from-process")).deployments();

        assertThat(deployments)
                .extracting(Deployment::apiKey)
                .containsExactly(new Secret("from-file"), new Secret("from-process"));
    }

    @ParameterizedTest
    @CsvSource({"THALWEG_MASTER_KEY", "LITELLM_MASTER_KEY"})
    void theMasterKeyIsTakenFromTheEnvironmentWhereTheFileHasNone(String name) {
        String yaml = "model_list: [{model_name: m, params: {model: thalweg/demo}}]";

        assertThat(Configs.read(yaml, Map.of(name, "k")).masterKey()).isEqualTo(new Secret("k"));
        assertThat(Configs.problems(yaml, Map.of(name, "k\n"), Strictness.SERVE))
                .hasSize(1);
    }

    @Test
    void withoutAFileTheEnvironmentsProvidersAreServed() {
        GatewayConfig config = GatewayConfig.empty(Map.of(
                "OPENAI_API_KEY", "a",
                "TOGETHER_API_KEY", "b",
                "AZURE_API_KEY", "c",
                "OLLAMA_API_BASE", "http://127.0.0.1:11434",
                "MISTRAL_API_KEY", " ",
                "THALWEG_MASTER_KEY", "m"));

        assertThat(config.deployments())
                .extracting(Deployment::modelName)
                .containsExactly("openai/*", "together_ai/*", "ollama/*", "thalweg/demo");
        assertThat(config.deployments()).extracting(Deployment::upstreamModel).contains("*");
        assertThat(config.masterKey()).isEqualTo(new Secret("m"));
        assertThat(Configs.notices(config, Notice.Kind.DISABLED))
                .containsExactly("environment: azure has something in the environment and is not served: set"
                        + " AZURE_API_BASE or AZURE_OPENAI_ENDPOINT as well");
    }

    @Test
    void withoutAnythingTheDemoIsServed() {
        GatewayConfig config = GatewayConfig.empty(Map.of());

        assertThat(config.deployments()).extracting(Deployment::modelName).containsExactly("thalweg/demo");
        assertThat(config.requiresKey()).isFalse();
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void anEmptyMasterKeyInTheEnvironmentIsNoOpenDoor() {
        assertThatThrownBy(() -> GatewayConfig.empty(Map.of("THALWEG_MASTER_KEY", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("THALWEG_MASTER_KEY");
    }

    @Test
    void aFileWithoutModelsServesTheEnvironmentsAndSaysSo() {
        GatewayConfig config = Configs.read("thalweg_settings: {timeout: 9}", Map.of("XAI_API_KEY", "k"));

        assertThat(config.deployments()).extracting(Deployment::modelName).containsExactly("xai/*", "thalweg/demo");
        assertThat(config.deployments().get(0).timeouts().unary().total()).hasSeconds(9);
        assertThat(Configs.notices(config, Notice.Kind.HINT)).hasSize(1);
    }
}
