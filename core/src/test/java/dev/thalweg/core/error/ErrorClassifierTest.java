package dev.thalweg.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.error.ErrorDetails;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorClassifierTest {
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai | 400 | {\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\",\"code\":\"unsupported_parameter\"}} | UNSUPPORTED_PARAMS",
                "openai | 400 | {\"error\":{\"message\":\"x\",\"code\":\"unsupported_value\"}} | UNSUPPORTED_PARAMS",
                "openai | 400 | {\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}} | CONTEXT_WINDOW_EXCEEDED",
                "openai | 400 | {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens\"}} | CONTEXT_WINDOW_EXCEEDED",
                "openai | 400 | {\"error\":{\"message\":\"rejected as a result of our safety system\"}} | CONTENT_POLICY_VIOLATION",
                "openai | 400 | {\"error\":{\"message\":\"string_above_max_length: context window\"}} | BAD_REQUEST",
                "openai | 400 | {\"error\":{\"message\":\"You hit the rate limit of your plan, error 429\"}} | BAD_REQUEST",
                "openai | 401 | {\"error\":{\"message\":\"x\",\"code\":\"invalid_api_key\"}} | AUTHENTICATION",
                "openai | 403 | {\"error\":{\"message\":\"Country not supported\"}} | PERMISSION_DENIED",
                "openai | 404 | {\"error\":{\"message\":\"x\",\"code\":\"model_not_found\"}} | NOT_FOUND",
                "openai | 404 | {\"error\":{\"message\":\"maximum context length\"}} | NOT_FOUND",
                "openai | 408 | {} | TIMEOUT",
                "openai | 409 | {} | BAD_REQUEST",
                "openai | 413 | {} | BAD_REQUEST",
                "openai | 422 | {} | UNPROCESSABLE_ENTITY",
                "openai | 429 | {\"error\":{\"message\":\"x\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}} | RATE_LIMIT",
                "openai | 429 | {\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}} | QUOTA_EXHAUSTED",
                "openai | 429 | {\"error\":{\"message\":\"maximum context length\"}} | RATE_LIMIT",
                "openai | 500 | {\"error\":{\"message\":\"trace 403-429-abc\",\"type\":\"server_error\"}} | INTERNAL_SERVER",
                "openai | 500 | {\"error\":{\"message\":\"x\",\"code\":\"rate_limit_exceeded\"}} | INTERNAL_SERVER",
                "openai | 503 | {\"error\":{\"message\":\"x\",\"type\":\"server_error\"}} | SERVICE_UNAVAILABLE",
                "azure | 400 | {\"error\":{\"message\":\"x\",\"code\":\"content_filter\",\"status\":400}} | CONTENT_POLICY_VIOLATION",
                "azure | 400 | {\"error\":{\"message\":\"triggering Azure OpenAI's content management policy\"}} | CONTENT_POLICY_VIOLATION",
                "openrouter | 402 | {\"error\":{\"code\":402,\"message\":\"credits\"}} | QUOTA_EXHAUSTED",
                "openrouter | 403 | {\"error\":{\"code\":403,\"message\":\"moderated\"}} | PERMISSION_DENIED",
                "openrouter | 200 | {\"error\":{\"code\":429,\"message\":\"Provider returned error\"}} | RATE_LIMIT",
                "openrouter | 200 | {\"error\":{\"code\":502,\"message\":\"down\"}} | BAD_GATEWAY",
                "openrouter | 200 | {\"error\":{\"code\":400,\"message\":\"Token limit reached\"}} | BAD_REQUEST",
                "groq | 200 | {\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"status_code\":400}} | BAD_REQUEST",
                "groq | 498 | {\"error\":{\"message\":\"capacity\"}} | API_ERROR",
                "llamacpp | 400 | {\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}} | CONTEXT_WINDOW_EXCEEDED",
                "llamacpp | 503 | {\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}} | SERVICE_UNAVAILABLE",
                "llamacpp | 200 | {\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\"}} | SERVICE_UNAVAILABLE",
                "vllm | 400 | {\"object\":\"error\",\"message\":\"maximum context length is 10\",\"type\":\"BadRequestError\",\"code\":400} | CONTEXT_WINDOW_EXCEEDED",
                "vllm | 200 | {\"object\":\"error\",\"message\":\"x\",\"code\":500} | INTERNAL_SERVER",
                "mistral | 422 | {\"detail\":[{\"msg\":\"Extra inputs\",\"type\":\"extra_forbidden\"}]} | UNPROCESSABLE_ENTITY",
                "mistral | 401 | {\"detail\":\"Invalid API Key\"} | AUTHENTICATION",
                "venice | 404 | {\"error\":\"Specified model not found\"} | NOT_FOUND",
                "cloudflare | 502 | <html>502</html> | BAD_GATEWAY",
                "cloudflare | 504 | <html>504</html> | TIMEOUT",
                "cloudflare | 524 | <html>524</html> | INTERNAL_SERVER",
                "anthropic | 529 | {\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}} | SERVICE_UNAVAILABLE",
                "anthropic | 200 | {\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}} | SERVICE_UNAVAILABLE",
                "cohere | 400 | {\"id\":\"x\",\"message\":\"too many tokens: size limit exceeded by 9 tokens.\"} | CONTEXT_WINDOW_EXCEEDED",
                "cohere | 404 | {\"id\":\"x\",\"message\":\"model 'm' not found\"} | NOT_FOUND",
                "stream | 200 | {\"error\":{\"type\":\"rate_limit_error\",\"message\":\"x\"}} | RATE_LIMIT",
                "stream | 200 | {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"x\"}} | QUOTA_EXHAUSTED",
                "stream | 200 | {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"x\"}} | AUTHENTICATION",
                "stream | 200 | {\"error\":{\"type\":\"permission_error\",\"message\":\"x\"}} | PERMISSION_DENIED",
                "stream | 200 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"x\"}} | NOT_FOUND",
                "stream | 200 | {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"x\"}} | BAD_REQUEST",
                "stream | 200 | {\"error\":{\"type\":\"server_error\",\"message\":\"rate limit, status 429\"}} | INTERNAL_SERVER",
                "stream | 200 | {\"error\":\"context window of the model\"} | CONTEXT_WINDOW_EXCEEDED",
                "stream | 200 | {\"error\":\"broke\"} | INTERNAL_SERVER",
                "stream | 200 | {\"error\":{\"code\":1234,\"message\":\"x\"}} | INTERNAL_SERVER",
                "redirect | 302 | moved | INTERNAL_SERVER"
            })
    void decidesByStatusThenByNamesAndByTextOnlyToRefine(String provider, int status, String body, ErrorKind expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(ErrorClassifier.classify(status, ErrorReader.read(bytes, 0, bytes.length)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void everyKindMakesItsOwnException(ErrorKind kind) {
        var exception = kind.exception(
                ErrorDetails.builder("broke").status(kind.status()).build());
        assertThat(exception).isExactlyInstanceOf(kind.exceptionClass()).hasMessage("broke");
        assertThat(exception.status()).isEqualTo(kind.status()).isBetween(400, 599);
        assertThat(kind.type()).isNotEmpty();
    }

    @Test
    void onlyWhatTheUpstreamIsToBlameForIsWorthAnotherTry() {
        Set<ErrorKind> retryable = Set.of(
                ErrorKind.TIMEOUT,
                ErrorKind.RATE_LIMIT,
                ErrorKind.INTERNAL_SERVER,
                ErrorKind.BAD_GATEWAY,
                ErrorKind.SERVICE_UNAVAILABLE,
                ErrorKind.API_CONNECTION,
                ErrorKind.RESPONSE_VALIDATION);
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(kind.retryable()).as(kind.name()).isEqualTo(retryable.contains(kind));
        }
    }
}
