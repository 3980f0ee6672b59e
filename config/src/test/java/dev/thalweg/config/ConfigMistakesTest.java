package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a file is told with its place, all of it at once. */
class ConfigMistakesTest {
    private static final String DEMO = "model_list: [{model_name: m, params: {model: thalweg/demo}}]\n";

    @Test
    void threeMistakesAreToldAtOnceWithTheirLines() {
        Path file = Path.of("src/test/resources/config/three-mistakes.yaml");
        ConfigResult result = ConfigLoader.load(file, Map.of());

        assertThatThrownBy(result::orThrow).isInstanceOf(ConfigException.class).hasMessage("""
                        FILE:2:5: unknown key 'modle_name' in model_list[0]; did you mean 'model_name'?
                        FILE:8:14: model_list[1].litellm_params.model: unknown provider 'grok' in model; did you mean 'groq'?
                        FILE:9:16: model_list[1].litellm_params.timeout: expected a number of seconds, or a number with ms, s, m or h, above 0 and up to 7 days, found 'soon'""".replace(
                        "FILE", file.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "modellist, unknown section 'modellist' at the top of the file; did you mean 'model_list'?",
        "general_setings, unknown section 'general_setings' at the top of the file; did you mean 'general_settings'?",
        "database, 'unknown section ''database'' at the top of the file; remove it, or see docs/configuration.md for"
                + " the keys that are read'",
    })
    void anUnknownSectionIsRefused(String section, String message) {
        assertThat(Configs.problems(DEMO + section + ": {}")).containsExactly("config.yaml:2:1: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "litellm_settings, request_timout, request_timeout",
        "litellm_settings, num_retrys, num_retries",
        "litellm_settings, drop_param, drop_params",
        "router_settings, routing_stategy, routing_strategy",
        "general_settings, masterkey, master_key",
        "general_settings, master-key, master_key",
    })
    void aKeyNearAKnownOneIsRefused(String section, String slip, String meant) {
        assertThat(Configs.problems(DEMO + section + ": {" + slip + ": 1}"))
                .containsExactly("config.yaml:2:" + (section.length() + 4) + ": unknown key '" + slip + "' in "
                        + section + "; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"api_kye, api_key", "temprature, temperature", "max_token, max_tokens", "Timeout, timeout"})
    void aSlipInParamsIsNotSentToTheProvider(String slip, String meant) {
        assertThat(Configs.deploymentProblems("model: thalweg/demo, " + slip + ": 1"))
                .singleElement()
                .asString()
                .contains("unknown key '" + slip + "' in model_list[0].params; did you mean '" + meant + "'?");
    }

    @Test
    void aShortKeyIsNoSlip() {
        assertThat(Configs.deployment("model: thalweg/demo, xyz: 1").requestDefaults())
                .containsEntry("xyz", "1");
    }

    @Test
    void aKeyInTheWrongSectionIsToldWhereItBelongs() {
        assertThat(Configs.problems(DEMO + "litellm_settings: {master_key: x}"))
                .containsExactly("config.yaml:2:20: key 'master_key' in litellm_settings belongs in general_settings;"
                        + " move it there");
        assertThat(Configs.problems("model_list: [{model_name: m, api_key: x, params: {model: thalweg/demo}}]"))
                .containsExactly("config.yaml:1:30: key 'api_key' in model_list[0] belongs in litellm_params; move it"
                        + " there");
    }

    @Test
    void aKeyThatIsWrittenTwiceIsRefused() {
        assertThat(Configs.problems(DEMO + "router_settings: {}\nrouter_settings: {}"))
                .containsExactly("config.yaml:3:1: 'router_settings' is written twice at the top of the file, first on"
                        + " line 2; keep one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"model_list: [", "a: b: c", "model_list:\n\t- x: y", "a: *nowhere", "--- {}\n--- {}", "a: 'x"})
    void brokenYamlIsOneProblemWithALine(String yaml) {
        assertThat(Configs.problems(yaml))
                .singleElement()
                .asString()
                .matches("(?s)config.yaml:[0-9]+:[0-9]+: not YAML: .*");
    }

    @Test
    void aCharacterYamlDoesNotAllowHasALine() {
        assertThat(Configs.problems(DEMO + "a: \u0001"))
                .containsExactly("config.yaml:2:1: not YAML: a character that YAML does not allow; save the file as"
                        + " plain UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_retries: -1 | found '-1'",
                "num_retries: many | found 'many'",
                "num_retries: 2.5 | found '2.5'",
                "num_retries: [2] | found a list",
                "request_timeout: 0 | above 0",
                "request_timeout: 1:30 | a number of seconds",
                "request_timeout: 9999999 | up to 7 days",
                "max_event_bytes: 8 apples | a number of bytes",
                "max_event_bytes: 0 | a number of bytes",
                "max_event_bytes: 2GiB | a number of bytes",
                "transport: carrier | auto, epoll, io_uring or nio",
                "REPEATED_STREAMING_CHUNK_LIMIT: 1 | 0 (never) or a number from 2",
                "repeated_streaming_cycle_limit: 1 | 0 (never) or a number from 2",
                "repeated_streaming_argument_limit: -1 | a whole number from 0",
                "ca_file: /nowhere/ca.pem | a PEM file that can be read",
                "max_held_bytes: 1MiB | max_event_bytes is above max_held_bytes",
            })
    void aValueOfTheWrongKindIsRefused(String setting, String words) {
        assertThat(Configs.problems(DEMO + "thalweg_settings:\n  " + setting))
                .singleElement()
                .asString()
                .startsWith("config.yaml:3:")
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null.example", "https://a.example/", "https://a.example/path", "ftp://a.example"})
    void anOriginIsASchemeAndAHost(String origin) {
        assertThat(Configs.problems(DEMO + "general_settings: {allowed_origins: ['" + origin + "']}"))
                .singleElement()
                .asString()
                .contains("expected origins like https://chat.example.com");
    }

    @Test
    void anEntryNeedsANameAndParams() {
        assertThat(Configs.problems("model_list: [{}, {model_name: a}, {params: {}}, 7]"))
                .containsExactly(
                        "config.yaml:1:14: model_list[0] has no model_name; add the name callers ask for",
                        "config.yaml:1:14: model_list[0] has no litellm_params (or params); add them, with a model in them",
                        "config.yaml:1:18: model_list[1] has no litellm_params (or params); add them, with a model in them",
                        "config.yaml:1:35: model_list[2] has no model_name; add the name callers ask for",
                        "config.yaml:1:44: model_list[2].params has no model; add it, as model: openai/gpt-4o-mini",
                        "config.yaml:1:49: model_list[3]: expected a mapping (key: value), found a text or number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_list: []", "model_list: {}", "model_list: gpt-4o"})
    void anEmptyListOfModelsIsRefused(String yaml) {
        assertThat(Configs.problems(yaml)).singleElement().asString().contains("expected a list of 1 to 10000 entries");
    }

    @Test
    void idsAreUnique() {
        assertThat(Configs.problems("""
                model_list:
                - {model_name: a, params: {model: thalweg/demo}, model_info: {id: x}}
                - {model_name: b, params: {model: thalweg/demo}, model_info: {id: x}}
                """))
                .containsExactly(
                        "config.yaml:3:67: model_list[1].model_info.id is the id of the entry on line 2, too; ids are unique");
    }

    @Test
    void includesAreRefusedRatherThanLeftOut() {
        assertThat(Configs.problems(DEMO + "include: [models.yaml]"))
                .containsExactly(
                        "config.yaml:2:1: include is not read yet; copy what the included files hold into this one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "just text", "[1, 2]"})
    void aFileWithoutSectionsIsRefused(String yaml) {
        assertThat(Configs.problems(yaml)).singleElement().asString().startsWith("config.yaml:");
    }
}
