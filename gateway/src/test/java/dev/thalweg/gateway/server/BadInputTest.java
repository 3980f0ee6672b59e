package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.chat;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no chat request is refused with an error that says what is wrong, and never reaches a provider. */
class BadInputTest {
    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                  - model_name: without-key
                    params: {model: openai/gpt-4o, api_key: os.environ/NO_SUCH_VARIABLE}
                general_settings: {max_json_depth: 16}
                """.formatted(upstream.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @AfterEach
    void theProviderWasNotAskedAndTheGatewayStillServes() {
        assertThat(upstream.requests()).isEmpty();
        assertThat(get(gateway, "/health/live", Map.of()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "\uFEFF{\"model\":\"gpt\",\"messages\":[{}]}",
                "[]",
                "null",
                "42",
                "\"text\"",
                "{",
                "{\"model\"",
                "{\"model\":\"gpt\"",
                "{\"model\":\"gpt\",",
                "{\"model\":\"gpt\",\"messages\":[{\"role\":\"us",
                "{'model':'gpt'}",
                "{model:\"gpt\",\"messages\":[{}]}",
                "{\"model\":\"gpt\",\"messages\":[{}],}",
                "{\"model\":\"gpt\",\"messages\":[{}]}{}",
                "{\"model\":\"gpt\",\"messages\":[{}]} x",
                "{\"model\":\"gpt\",\"messages\":[{}],\"x\":NaN}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"x\":01}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"x\":\"\\q\"}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"x\":\"\\u12\"}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"x\":\"a\nb\"}",
                "{\"model\":\"gpt\",\"messages\":[{}] /* why */}",
            })
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        chat(gateway, body).isError(400, "invalid_json");
    }

    @Test
    void aBodyCutAnywhereIsRefused() {
        for (int length = 0; length < HELLO.length(); length++) {
            Answers.Answer answer = chat(gateway, HELLO.substring(0, length));
            answer.isError(400, answer.error().path("code").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c0af", "c1bf", "eda080", "f0808080", "f4908080", "ff", "c3", "e282", "f09f98"})
    void invalidUtf8IsRefused(String hex) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"model\":\"gpt\",\"messages\":[{\"content\":\"".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(java.util.HexFormat.of().parseHex(hex));
        body.writeBytes("\"}]}".getBytes(StandardCharsets.UTF_8));
        Answers.ask(gateway, Answers.post(CHAT, Map.of(), body.toByteArray())).isError(400, "invalid_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{}]}                             | model",
                "{}                                            | model",
                "{'model':'gpt'}                               | messages",
                "{'Model':'gpt','messages':[{}]}               | model",
            })
    void aMissingFieldIsNamed(String body, String param) {
        chat(gateway, json(body)).isError(400, "missing_parameter").names(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':7,'messages':[{}]}                                            | model",
                "{'model':null,'messages':[{}]}                                         | model",
                "{'model':['gpt'],'messages':[{}]}                                      | model",
                "{'model':'gpt','messages':'hi'}                                        | messages",
                "{'model':'gpt','messages':{}}                                          | messages",
                "{'model':'gpt','messages':null}                                        | messages",
                "{'model':'gpt','messages':['hi']}                                      | messages[0]",
                "{'model':'gpt','messages':[{},7]}                                      | messages[1]",
                "{'model':'gpt','messages':[{}],'stream':'yes'}                         | stream",
                "{'model':'gpt','messages':[{}],'stream':1}                             | stream",
                "{'model':'gpt','messages':[{}],'stream_options':true}                  | stream_options",
                "{'model':'gpt','messages':[{}],'stream_options':{'include_usage':1}}   | stream_options.include_usage",
                "{'model':'gpt','messages':[{}],'n':'2'}                                | n",
                "{'model':'gpt','messages':[{}],'n':1.5}                                | n",
                "{'model':'gpt','messages':[{}],'n':-1}                                 | n",
                "{'model':'gpt','messages':[{}],'n':true}                               | n",
                "{'model':'gpt','messages':[{}],'n':1e3}                                | n",
                "{'model':'gpt','messages':[{}],'max_tokens':'10'}                      | max_tokens",
                "{'model':'gpt','messages':[{}],'max_tokens':{}}                        | max_tokens",
                "{'model':'gpt','messages':[{}],'max_completion_tokens':0.1}            | max_completion_tokens",
                "{'model':'gpt','messages':[{}],'user':12}                              | user",
                "{'model':'gpt','messages':[{}],'tools':{}}                             | tools",
                "{'model':'gpt','messages':[{}],'tools':'search'}                       | tools",
            })
    void aFieldOfTheWrongTypeIsNamed(String body, String param) {
        chat(gateway, json(body)).isError(400, "invalid_parameter_type").names(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'','messages':[{}]}                                | model",
                "{'model':'  ','messages':[{}]}                              | model",
                "{'model':'gpt','messages':[]}                               | messages",
                "{'model':'gpt','messages':[{}],'n':0}                       | n",
                "{'model':'gpt','messages':[{}],'n':129}                     | n",
                "{'model':'gpt','messages':[{}],'max_tokens':0}              | max_tokens",
            })
    void aValueOutOfItsRangeIsNamed(String body, String param) {
        chat(gateway, json(body)).isError(400, "invalid_parameter_value").names(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'gpt','model':'gpt','messages':[{}]}                        | model",
                "{'model':'gpt','messages':[{}],'messages':[{}]}                      | messages",
                "{'model':'gpt','messages':[{}],'stream':true,'stream':false}         | stream",
                "{'model':'gpt','messages':[{}],'n':1,'n':100}                        | n",
                "{'model':'gpt','messages':[{}],'\\u006dodel':'other'}                | model",
            })
    void aFieldGivenTwiceIsRefusedHoweverItIsWritten(String body, String param) {
        chat(gateway, json(body)).isError(400, "duplicate_parameter").names(param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_base",
                "base_url",
                "api_key",
                "api_version",
                "extra_headers",
                "organization",
                "user_config",
                "api\\u005fbase"
            })
    void whereTheGatewayConnectsIsNotTheCallersToSay(String field) {
        String body = HELLO.replace("{\"model\"", "{\"" + field + "\":\"https://evil.example\",\"model\"");
        Answers.Answer answer = chat(gateway, body).isError(400, "forbidden_parameter");
        answer.names(field.replace("\\u005f", "_"));
        assertThat(answer.body()).doesNotContain("evil.example");
    }

    @Test
    void aBodyNestedTooDeepIsRefused() {
        String deep = "[".repeat(17) + "]".repeat(17);
        chat(gateway, HELLO.replace("{\"model\"", "{\"x\":" + deep + ",\"model\""))
                .isError(400, "invalid_json");
        String bomb = "[".repeat(1_000_000);
        chat(gateway, HELLO.replace("{\"model\"", "{\"x\":" + bomb + ",\"model\""))
                .isError(400, "invalid_json");
    }

    @Test
    void anUnknownModelIsNotFoundAndNearNamesAreOffered() {
        Answers.Answer answer = chat(gateway, HELLO.replace("\"gpt\"", "\"gbt\""));
        answer.isError(404, "model_not_found").names("model");
        assertThat(answer.error().path("message").asString()).contains("'gbt'", "Did you mean 'gpt'?");
    }

    @Test
    void aModelNobodyCouldMeanPointsAtTheList() {
        Answers.Answer answer = chat(gateway, HELLO.replace("\"gpt\"", "\"claude-opus-9\""));
        answer.isError(404, "model_not_found");
        assertThat(answer.error().path("message").asString()).contains("GET /v1/models");
    }

    @Test
    void aModelThatIsConfiguredAndDisabledIsNamedAsSuch() {
        Answers.Answer answer = chat(gateway, HELLO.replace("\"gpt\"", "\"without-key\""));
        answer.isError(404, "model_not_found");
        assertThat(answer.body())
                .contains("the gateway said why when it started")
                .doesNotContain("NO_SUCH_VARIABLE");
    }

    @Test
    void aLongModelNameIsShownShortAndInValidUtf8() {
        String name = "x".repeat(99) + "\uD83D\uDE00".repeat(5000);
        Answers.Answer answer = chat(gateway, HELLO.replace("\"gpt\"", "\"" + name + "\""));
        answer.isError(404, "model_not_found");
        assertThat(answer.body()).hasSizeLessThan(600).doesNotContain("\uFFFD").doesNotContain("?…");
    }

    @Test
    void controlCharactersInAModelNameComeBackEscaped() {
        Answers.Answer answer = chat(gateway, HELLO.replace("\"gpt\"", "\"a\\r\\n\\u0000\\u001b[31m<script>\""));
        answer.isError(404, "model_not_found");
        assertThat(answer.body().chars()).allMatch(c -> c >= ' ');
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
