package dev.thalweg.core.dialect.openai;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.error.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReaderTest {
    @Test
    void openAisEnvelope() {
        assertThat(read("""
                {"error":{"message":"Bad role","type":"invalid_request_error","param":"messages[0].role","code":"unsupported_value"}}"""))
                .isEqualTo(
                        new ErrorBody("Bad role", "invalid_request_error", "unsupported_value", "messages[0].role", 0));
        assertThat(read("""
                {"error":{"message":"No key","type":"invalid_request_error","param":null,"code":"invalid_api_key"},"status":401}""")).isEqualTo(new ErrorBody("No key", "invalid_request_error", "invalid_api_key", null, 401));
    }

    @Test
    void anthropicsEnvelopeHasATypeOfItsOwnBeforeOrAfterTheErrors() {
        ErrorBody overloaded = new ErrorBody("Overloaded", "overloaded_error", null, null, 0);
        assertThat(read("""
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"}""")).isEqualTo(overloaded);
        assertThat(read("""
                {"error":{"message":"Overloaded","type":"overloaded_error"},"request_id":"r","type":"error"}""")).isEqualTo(overloaded);
    }

    @Test
    void azuresContentFilter() {
        assertThat(read("""
                {"error":{"message":"Blocked","type":null,"param":"prompt","code":"content_filter","status":400,
                "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}""")).isEqualTo(new ErrorBody("Blocked", null, "content_filter", "prompt", 400));
    }

    @Test
    void veniceAndXaiPutAStringThere() {
        assertThat(read("{\"error\":\"Specified model not found\"}"))
                .isEqualTo(ErrorBody.ofText("Specified model not found"));
        assertThat(read("{\"code\":\"invalid-argument\",\"error\":\"Incorrect API key\"}"))
                .isEqualTo(new ErrorBody("Incorrect API key", null, "invalid-argument", null, 0));
    }

    @Test
    void vllmAndMistralAreFlat() {
        assertThat(
                        read(
                                "{\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}"))
                .isEqualTo(new ErrorBody("too long", "BadRequestError", "400", null, 0));
        assertThat(
                        read(
                                "{\"object\":\"error\",\"message\":\"no\",\"type\":\"invalid_model\",\"code\":\"1500\",\"raw_status_code\":400}"))
                .isEqualTo(new ErrorBody("no", "invalid_model", "1500", null, 400));
        assertThat(
                        read(
                                "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Extra input\",\"type\":\"extra_forbidden\"}]}}"))
                .isEqualTo(new ErrorBody("Extra input", "extra_forbidden", null, null, 0));
    }

    @Test
    void fastApisDetailIsAStringOrAList() {
        assertThat(read("{\"detail\":\"Invalid API Key\"}")).isEqualTo(ErrorBody.ofText("Invalid API Key"));
        assertThat(read("""
                {"detail":[{"loc":["body","messages"],"msg":"field required","type":"missing"},
                {"loc":["body","model"],"msg":"second","type":"missing"}]}""")).isEqualTo(new ErrorBody("field required", "missing", null, null, 0));
        assertThat(read("{\"message\":\"first\",\"detail\":\"second\"}").message())
                .isEqualTo("first");
    }

    @Test
    void openRouterAndLlamaCppHaveNumericCodes() {
        assertThat(read("""
                {"error":{"code":429,"message":"Provider returned error","metadata":{"provider_name":"Google","raw":"x"}},"user_id":"u"}""")).isEqualTo(new ErrorBody("Provider returned error", null, "429", null, 0));
        assertThat(read("""
                {"error":{"code":400,"message":"too big","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":8}}""")).isEqualTo(new ErrorBody("too big", "exceed_context_size_error", "400", null, 0));
    }

    @Test
    void groqPutsTheStatusInside() {
        assertThat(
                        read(
                                "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"status_code\":400}}"))
                .isEqualTo(new ErrorBody("m", "invalid_request_error", "tool_use_failed", null, 400));
    }

    @Test
    void googlePutsAnArrayAroundIt() {
        assertThat(read("[{\"error\":{\"code\":404,\"message\":\"no model\",\"status\":\"NOT_FOUND\"}}]\n"))
                .isEqualTo(new ErrorBody("no model", "NOT_FOUND", null, null, 404));
    }

    @Test
    void googlesCodeIsTheReasonInTheDetails() {
        assertThat(
                        read(
                                "{\"error\":{\"code\":400,\"message\":\"no key\",\"status\":\"INVALID_ARGUMENT\",\"details\":"
                                        + "[7,{\"@type\":\"x.RetryInfo\"},{\"@type\":\"x.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}"))
                .isEqualTo(new ErrorBody("no key", "INVALID_ARGUMENT", "API_KEY_INVALID", null, 400));
    }

    @Test
    void aChunkBesideTheErrorDoesNotMatter() {
        assertThat(
                        read(
                                "{\"id\":\"g\",\"error\":{\"code\":400,\"message\":\"limit\"},\"model\":\"m\",\"choices\":[{\"delta\":{}}]}"))
                .isEqualTo(new ErrorBody("limit", null, "400", null, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \r\n",
                "<!DOCTYPE html><html>502</html>",
                "\n<html>",
                "{}",
                "[]",
                "null",
                "{\"error\":null}",
                "{\"error\":{}}",
                "{\"error\":{\"message\":null,\"type\":null,\"code\":null}}",
                "{\"error\":[]}",
                "true"
            })
    void whereNothingIsSaidNothingIsMadeUp(String body) {
        assertThat(read(body)).isEqualTo(ErrorBody.ofText(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream connect error",
                "404 page not found",
                "Not Found",
                "{\"error\":{\"message\":\"cut off in",
                "no healthy upstream",
                "{broken",
                "-",
                "false alarm"
            })
    void aTextThatIsNoJsonIsTheMessage(String body) {
        assertThat(read("  " + body + "\n")).isEqualTo(ErrorBody.ofText(body));
    }

    @Test
    void aLongTextIsCut() {
        assertThat(read("x".repeat(10_000)).message()).hasSize(500);
    }

    @Test
    void anyBytesAtAllAreRead() {
        java.util.Random random = new java.util.Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            assertThat(ErrorReader.read(bytes, 0, bytes.length)).isNotNull();
        }
        assertThat(read("[".repeat(100_000))).isNotNull();
        assertThat(read("{\"error\":".repeat(100_000))).isNotNull();
    }

    @Test
    void whatStandsBesideTheMessageIsKeptAsItIsSpelled() {
        assertThat(beside("""
                {"error":{"message":"Failed","type":"invalid_request_error","code":"tool_use_failed",
                "failed_generation":"<tool>","status_code" : 400},"user_id":"u"}""")).containsExactly(entry("failed_generation", "\"<tool>\""), entry("status_code", "400"));
        assertThat(beside("""
                {"error":{"code":429,"message":"Provider returned error","metadata":{"provider_name":"Google",
                "raw":1.50}},"user_id":"u"}""")).containsExactly(entry("metadata", "{\"provider_name\":\"Google\", \"raw\":1.50}"));
        assertThat(beside("[{\"error\":{\"code\":429,\"details\":[{\"retryDelay\":\"7s\"}],\"message\":\"Slow\","
                        + "\"status\":\"RESOURCE_EXHAUSTED\"}}]"))
                .containsExactly(
                        entry("details", "[{\"retryDelay\":\"7s\"}]"), entry("status", "\"RESOURCE_EXHAUSTED\""));
    }

    @Test
    void besideABareTextOrAFlatErrorStandsItsOwn() {
        assertThat(beside("{\"error\":\"Bad\",\"issues\":[1],\"id\":\"r\"}")).containsExactly(entry("issues", "[1]"));
        assertThat(beside("{\"object\":\"error\",\"message\":\"too long\",\"type\":\"t\",\"code\":400}"))
                .containsExactly(entry("object", "\"error\""));
    }

    @Test
    void whatHasNoMessageHasNothingBesideIt() {
        assertThat(beside("{\"a\":1,\"error\":{\"b\":2}}")).isEmpty();
        assertThat(beside("no JSON")).isEmpty();
    }

    @Test
    void whatGoesBeyondTheRoomIsLeftOut() {
        String half = "\"" + "x".repeat(10_000) + "\"";
        assertThat(beside("{\"error\":{\"message\":\"m\",\"a\":" + half + ",\"b\":" + half + ",\"c\":3}}"))
                .containsOnlyKeys("a", "c");
    }

    private static Map<String, String> beside(String body) {
        return all(body).further();
    }

    private static ErrorBody read(String body) {
        ErrorBody read = all(body);
        return new ErrorBody(read.message(), read.type(), read.code(), read.param(), read.status());
    }

    private static ErrorBody all(String body) {
        byte[] bytes = ("x" + body + "y").getBytes(StandardCharsets.UTF_8);
        return ErrorReader.read(bytes, 1, bytes.length - 2);
    }
}
