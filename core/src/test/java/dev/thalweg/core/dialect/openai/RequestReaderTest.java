package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.core.dialect.RequestProblem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void readsWhatAGatewayHasToKnow() {
        RequestHead head = read("""
                {"model":"a/b","messages":[{"role":"user","content":"Hé"}],"stream":true,"n":3,"user":"u1","max_tokens":50,
                 "stream_options":{"include_usage":true},"tools":[{"type":"function"}],"metadata":{"k":"v"}}""");
        assertThat(head.model()).isEqualTo("a/b");
        assertThat(head.stream()).isTrue();
        assertThat(head.includeUsage()).isTrue();
        assertThat(head.choices()).isEqualTo(3);
        assertThat(head.user()).isEqualTo("u1");
        assertThat(head.maxTokens()).isEqualTo(50);
        assertThat(head.tools()).isTrue();
        assertThat(head.has("metadata")).isTrue();
        assertThat(head.has("seed")).isFalse();
    }

    @Test
    void whatIsLeftOutOrNullHasItsDefault() {
        for (String more : new String[] {
            "", ",\"stream\":null,\"n\":null,\"user\":null,\"max_tokens\":null,\"stream_options\":null,\"tools\":null"
        }) {
            RequestHead head = read("{\"model\":\"m\"," + MESSAGES + more + "}");
            assertThat(head.stream()).isFalse();
            assertThat(head.includeUsage()).isFalse();
            assertThat(head.choices()).isEqualTo(1);
            assertThat(head.user()).isNull();
            assertThat(head.maxTokens()).isEqualTo(-1);
            assertThat(head.tools()).isFalse();
        }
    }

    @Test
    void theLimitIsReadUnderBothNames() {
        assertThat(with("\"max_completion_tokens\":7").maxTokens()).isEqualTo(7);
        assertThat(with("\"max_completion_tokens\":7,\"max_tokens\":null").maxTokens())
                .isEqualTo(7);
    }

    @Test
    void oneReaderReadsAnyNumberOfBodies() {
        RequestReader reader = new RequestReader(128);
        byte[] first = ("{\"model\":\"m\",\"stream\":true," + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
        byte[] second = ("{\"model\":\"k\"," + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(first, 0, first.length).stream()).isTrue();
        assertThat(reader.read(second, 0, second.length).stream()).isFalse();
        assertThat(catchThrowableOfType(RequestProblem.class, () -> reader.read(first, 0, first.length - 1)))
                .isNotNull();
        assertThat(reader.read(second, 0, second.length).model()).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"stream\":1 | stream",
                "\"stream\":\"true\" | stream",
                "\"stream_options\":[] | stream_options",
                "\"stream_options\":true | stream_options",
                "\"stream_options\":{\"include_usage\":1} | stream_options.include_usage",
                "\"n\":\"2\" | n",
                "\"n\":1.5 | n",
                "\"n\":1e1 | n",
                "\"n\":-1 | n",
                "\"n\":{} | n",
                "\"max_tokens\":\"9\" | max_tokens",
                "\"max_tokens\":1.0 | max_tokens",
                "\"max_completion_tokens\":[] | max_completion_tokens",
                "\"max_tokens\":99999999999999999999 | max_tokens",
                "\"user\":7 | user",
                "\"tools\":{} | tools",
                "\"tools\":\"f\" | tools"
            })
    void aFieldOfTheWrongTypeIsNamed(String member, String param) {
        problem("{\"model\":\"m\"," + MESSAGES + "," + member + "}", param, "invalid_parameter_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":7,$} | model | invalid_parameter_type",
                "{\"model\":null,$} | model | invalid_parameter_type",
                "{\"model\":\" \",$} | model | invalid_parameter_value",
                "{$} | model | missing_parameter",
                "{\"model\":\"m\"} | messages | missing_parameter",
                "{} | model | missing_parameter",
                "{\"model\":\"m\",\"messages\":{}} | messages | invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":null} | messages | invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":\"Hi\"} | messages | invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":[]} | messages | invalid_parameter_value",
                "{\"model\":\"m\",\"messages\":[{},\"Hi\"]} | messages[1] | invalid_parameter_type",
                "{\"model\":\"m\",$,\"n\":0} | n | invalid_parameter_value",
                "{\"model\":\"m\",$,\"n\":129} | n | invalid_parameter_value",
                "{\"model\":\"m\",$,\"max_tokens\":0} | max_tokens | invalid_parameter_value"
            })
    void whatIsMissingOrOutOfRangeIsNamed(String body, String param, String code) {
        problem(body.replace("$", MESSAGES), param, code);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 128})
    void theEdgesOfTheRangeAreAllowed(long n) {
        assertThat(with("\"n\":" + n).choices()).isEqualTo(n);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"model\":\"x\" | model",
                "\"mod\\u0065l\":\"x\" | model",
                "\"messages\":[{}] | messages",
                "\"stream\":true,\"stream\":false | stream",
                "\"stream\":true,\"\\u0073tream\":false | stream",
                "\"n\":1,\"n\":1 | n",
                "\"user\":\"a\",\"user\":\"b\" | user",
                "\"max_tokens\":1,\"max_tokens\":2 | max_tokens",
                "\"stream_options\":{},\"stream_options\":null | stream_options"
            })
    void aFieldGivenTwiceIsRefusedHoweverItIsSpelled(String members, String param) {
        problem("{\"model\":\"m\"," + MESSAGES + "," + members + "}", param, "duplicate_parameter");
    }

    @Test
    void anEscapedNameIsTheSameName() {
        assertThat(read("{\"mod\\u0065l\":\"m\"," + MESSAGES + "}").model()).isEqualTo("m");
        assertThat(read("{\"model\":\"\\u006d\"," + MESSAGES + "}").model()).isEqualTo("m");
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
                "api\\u005fkey"
            })
    void nothingACallerSendsChoosesWhereWeConnect(String name) {
        problem(
                "{\"model\":\"m\"," + MESSAGES + ",\"" + name + "\":null}",
                name.replace("\\u005f", "_"),
                "forbidden_parameter");
    }

    @Test
    void forbiddenNamesInsideOtherFieldsAreNobodysBusiness() {
        assertThatCode(() -> with("\"metadata\":{\"api_key\":\"x\"}")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"x\"",
                "{",
                "{]",
                "{\"model\":\"m\",$",
                "{\"model\":\"m\",$}x",
                "{\"model\":\"m\",$}{}",
                "{\"model\":\"m\",$,}",
                "{\"model\":\"m\",$,\"x\":01}",
                "{\"model\":\"m\",$,\"x\":NaN}",
                "\uFEFF{\"model\":\"m\",$}"
            })
    void whatIsNoJsonObjectIsRefused(String body) {
        problem(body.replace("$", MESSAGES), null, "invalid_json");
    }

    @Test
    void invalidUtf8IsRefusedWhereverItStands() {
        for (int bad : new int[] {0x80, 0xC0, 0xFF}) {
            byte[] inside = ("{\"model\":\"m\",\"messages\":[{\"content\":\"#\"}]}").getBytes(StandardCharsets.UTF_8);
            inside[new String(inside, StandardCharsets.UTF_8).indexOf('#')] = (byte) bad;
            assertThat(problem(inside).code()).isEqualTo("invalid_json");
            byte[] behind = ("{\"model\":\"m\"," + MESSAGES + "}#").getBytes(StandardCharsets.UTF_8);
            behind[behind.length - 1] = (byte) bad;
            assertThat(problem(behind).code()).isEqualTo("invalid_json");
        }
    }

    @Test
    void depthIsLimited() {
        RequestReader reader = new RequestReader(10);
        byte[] allowed = nested(9).getBytes(StandardCharsets.UTF_8);
        byte[] tooDeep = nested(10).getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(allowed, 0, allowed.length).model()).isEqualTo("m");
        RequestProblem problem =
                catchThrowableOfType(RequestProblem.class, () -> reader.read(tooDeep, 0, tooDeep.length));
        assertThat(problem.text()).contains("nested deeper than 10");
    }

    @Test
    void aBodyOfEndlesslyManyFieldsIsRefused() {
        assertThat(with("\"x\":0,".repeat(900) + "\"y\":0").has("y")).isTrue();
        problem("{\"model\":\"m\"," + MESSAGES + ",\"x\":0".repeat(1_000) + "}", null, "too_many_fields");
    }

    @Test
    void problemsSayWhatToDoAndCarryNoStackTrace() {
        RequestProblem problem =
                problem("{\"model\":\"m\"," + MESSAGES + ",\"stream\":1}", "stream", "invalid_parameter_type");
        assertThat(problem.text()).isEqualTo("'stream' must be true or false.");
        assertThat(problem.getStackTrace()).isEmpty();
    }

    private static String nested(int depth) {
        return "{\"model\":\"m\"," + MESSAGES + ",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static RequestHead with(String members) {
        return read("{\"model\":\"m\"," + MESSAGES + "," + members + "}");
    }

    static RequestHead read(String body) {
        byte[] bytes = ("__" + body + "}").getBytes(StandardCharsets.UTF_8);
        return new RequestReader(128).read(bytes, 2, bytes.length - 3);
    }

    private static RequestProblem problem(String body, String param, String code) {
        RequestProblem problem = problem(body.getBytes(StandardCharsets.UTF_8));
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.param()).isEqualTo(param);
        return problem;
    }

    private static RequestProblem problem(byte[] body) {
        return catchThrowableOfType(RequestProblem.class, () -> new RequestReader(128).read(body, 0, body.length));
    }
}
