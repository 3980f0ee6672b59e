package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.ApiException;
import dev.thalweg.error.ApiResponseValidationException;
import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.BadGatewayException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.ContentPolicyViolationException;
import dev.thalweg.error.ContextWindowExceededException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.NotFoundException;
import dev.thalweg.error.PermissionDeniedException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ServiceUnavailableException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.error.UnprocessableEntityException;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest extends SdkTest {
    private static final Map<String, Class<? extends ThalwegException>> CLASSES = Map.ofEntries(
            Map.entry("bad", BadRequestException.class),
            Map.entry("auth", AuthenticationException.class),
            Map.entry("denied", PermissionDeniedException.class),
            Map.entry("missing", NotFoundException.class),
            Map.entry("context", ContextWindowExceededException.class),
            Map.entry("policy", ContentPolicyViolationException.class),
            Map.entry("entity", UnprocessableEntityException.class),
            Map.entry("rate", RateLimitException.class),
            Map.entry("internal", InternalServerException.class),
            Map.entry("gateway", BadGatewayException.class),
            Map.entry("unavailable", ServiceUnavailableException.class));

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, invalid_value, bad, false",
        "400, invalid_request_error, context_length_exceeded, context, false",
        "400, invalid_request_error, content_filter, policy, false",
        "401, invalid_request_error, invalid_api_key, auth, false",
        "403, permission_error, no_access, denied, false",
        "404, invalid_request_error, model_not_found, missing, false",
        "422, invalid_request_error, unreadable, entity, false",
        "429, requests, rate_limit_exceeded, rate, true",
        "429, insufficient_quota, insufficient_quota, rate, false",
        "500, server_error, oops, internal, true",
        "502, server_error, oops, gateway, true",
        "503, server_error, oops, unavailable, true"
    })
    void aStatusBecomesItsClassForStreamsAndCalls(
            int status, String type, String code, String expected, boolean retryable) {
        upstream.always(OpenAiScripts.error(status, type, code, "The reason"));

        ThalwegException streamed = catchThrowableOfType(ThalwegException.class, this::stream);
        ThalwegException called = catchThrowableOfType(ThalwegException.class, () -> thalweg.complete(MODEL, "Hello"));

        for (ThalwegException e : new ThalwegException[] {streamed, called}) {
            assertThat(e).isExactlyInstanceOf(CLASSES.get(expected));
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.type()).contains(type);
            assertThat(e.code()).contains(code);
            assertThat(e.provider()).contains("openai");
            assertThat(e.model()).contains(MODEL);
            assertThat(e.retryable()).isEqualTo(retryable);
            assertThat(e.getMessage()).isEqualTo(MODEL + " answered " + status + ": The reason");
            assertThat(e.body().orElseThrow()).contains("\"message\":\"The reason\"");
            assertThat(e.partial()).isEmpty();
        }
    }

    @Test
    void anErrorSaysWhichRequestItWasAndWhenToComeBack() {
        upstream.enqueue(Script.status(429)
                .header("Content-Type", "application/json")
                .header("x-request-id", "req_7")
                .header("retry-after-ms", "1500")
                .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down"))
                .build());

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e.requestId()).contains("req_7");
        assertThat(e.retryAfter()).contains(Duration.ofMillis(1500));
    }

    @Test
    void aKeyThatTheProviderRepeatsIsTakenOut() {
        upstream.enqueue(OpenAiScripts.error(
                401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: sk-test-1234567890."));

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e.getMessage()).contains("Incorrect API key").doesNotContain("1234567890");
        assertThat(e.body().orElseThrow()).doesNotContain("1234567890");
    }

    @Test
    void aLongErrorBodyIsCut() {
        upstream.enqueue(Script.status(500).text("x".repeat(300_000)).build());

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e).isInstanceOf(InternalServerException.class);
        assertThat(e.body().orElseThrow()).hasSizeLessThan(4096);
    }

    @Test
    void anErrorBodyThatHangsOrBreaksOffIsAnErrorAllTheSame() {
        upstream.enqueue(Script.status(503)
                .header("Content-Length", "500")
                .text("busy")
                .fin()
                .build());

        assertThat(catchThrowableOfType(ThalwegException.class, this::stream))
                .isInstanceOf(ServiceUnavailableException.class);

        thalweg = client().timeouts(
                        Timeouts.builder().idle(Duration.ofMillis(100)).build())
                .build();
        upstream.enqueue(Script.status(503)
                .header("Content-Length", "500")
                .text("busy")
                .hang()
                .build());
        assertThat(catchThrowableOfType(ThalwegException.class, this::stream))
                .isInstanceOf(ServiceUnavailableException.class);
        upstream.requests().get(1).awaitDisconnect(SOON);
    }

    @Test
    void anErrorAsFirstEventOfAStreamHasTheStatusItNames() {
        upstream.enqueue(Script.sse()
                .comment("PROCESSING")
                .event("{\"error\":{\"code\":429,\"message\":\"Slow down\"}}")
                .build());

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e).isInstanceOf(RateLimitException.class);
        assertThat(e.status()).isEqualTo(429);
        assertThat(e.partial()).isEmpty();
    }

    @Test
    void anErrorInAWholeAnswerWithStatus200IsAnError() {
        upstream.enqueue(Script.json(200, "{\"error\":{\"code\":503,\"message\":\"Overloaded\"}}"));
        upstream.enqueue(Script.json(200, "{\"error\":{\"code\":503,\"message\":\"Overloaded\"}}"));

        assertThat(catchThrowableOfType(ThalwegException.class, () -> thalweg.complete(MODEL, "Hello")))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("Overloaded");
        assertThat(catchThrowableOfType(ThalwegException.class, this::stream))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aPageOrOtherGarbageIsNotAnAnswer() {
        Script[] scripts = {
            Script.status(200)
                    .header("Content-Type", "text/html")
                    .text("<html><body>Welcome</body></html>")
                    .build(),
            Script.sse().text("<!DOCTYPE html>\n<html>\n\n</html>").build(),
            Script.status(200).header("Content-Type", "text/plain").text("ok").build(),
            Script.sse().event("{not json").build(),
            Script.json(200, "{\"hello\":1}"),
            Script.json(200, ""),
            Script.json(200, "[]"),
        };
        for (Script script : scripts) {
            upstream.enqueue(script).enqueue(script);

            ThalwegException streamed = catchThrowableOfType(ThalwegException.class, this::stream);
            assertThat(streamed).as(script.toString()).isInstanceOf(ApiResponseValidationException.class);
            assertThat(streamed.code()).contains("upstream_protocol_error");
            assertThat(catchThrowableOfType(ThalwegException.class, () -> thalweg.complete(MODEL, "Hello")))
                    .as(script.toString())
                    .isInstanceOf(ApiResponseValidationException.class);
        }
    }

    @Test
    void aRedirectIsNotFollowedAndSaidSo() {
        upstream.enqueue(
                Script.status(302).header("Location", "http://127.0.0.1:1/").build());

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e).isInstanceOf(ApiException.class).hasMessageContaining("redirect");
        assertThat(e.retryable()).isFalse();
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        String url = ScriptedUpstream.refusingUrl();
        thalweg = client().baseUrl("openai", url).build();

        ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);

        assertThat(e).isInstanceOf(ApiConnectionException.class);
        assertThat(e.getMessage()).contains("cannot be reached at " + url.substring("http://".length()));
        assertThat(e.retryable()).isTrue();
        assertThat(e.status()).isEqualTo(502);
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerIsACut() {
        for (Script script : new Script[] {Script.refuse(), Script.refuseQuietly()}) {
            upstream.enqueue(script);
            ThalwegException e = catchThrowableOfType(ThalwegException.class, this::stream);
            assertThat(e).isInstanceOf(ApiConnectionException.class);
            assertThat(e.code()).contains("upstream_cut");
        }
    }
}
