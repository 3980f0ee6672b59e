package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a provider reports itself: as a status, as the first event of a stream, later; in every shape seen. */
class UpstreamErrorTest {
    /** An error inside a stream, as different providers write it. */
    enum Shape {
        NAMED_EVENT(script -> script.event("error", OpenAiScripts.errorBody("server_error", "boom", "It broke."))),
        DATA(script -> script.event(OpenAiScripts.errorBody("server_error", "boom", "It broke."))),
        DATA_THEN_DONE(script -> script.event(OpenAiScripts.errorBody("server_error", "boom", "It broke."))
                .event("[DONE]")),
        CHUNK_WITH_ERROR(script -> script.event("""
                {"id":"x","object":"chat.completion.chunk","model":"m","error":{"code":"boom","message":"It broke."},\
                "choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""").event("[DONE]")),
        TEXT(script -> script.event("{\"id\":\"x\",\"error\":\"It broke.\"}")),
        BARE_DOCUMENT(script -> script.text("{\"error\":{\"message\":\"It broke.\",\"type\":\"server_error\"}}")),
        BARE_ARRAY(script -> script.text("[{\"error\":{\"code\":500,\"message\":\"It broke.\"}}]")),
        BARE_DOCUMENT_ON_LINES(script ->
                script.text("{\n  \"error\": {\n    \"message\": \"It broke.\",\n    \"code\": 500\n  }\n}\n")),
        FLAT(script -> script.event(
                "{\"object\":\"error\",\"message\":\"It broke.\",\"type\":\"InternalServerError\",\"code\":500}"));

        private final UnaryOperator<ScriptBuilder> error;

        Shape(UnaryOperator<ScriptBuilder> error) {
            this.error = error;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAsTheFirstEventBecomesAStatus(Shape shape) {
        try (var upstream = ScriptedUpstream.start()
                        .always(shape.error.apply(Script.sse()).build());
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = ask(gateway, streamed()).error(500);
            assertThat(error.path("message").asString()).isEqualTo("It broke.");
            ended(gateway, 500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAfterContentBecomesAnEvent(Shape shape) {
        Script script = shape.error
                .apply(Script.sse().event(OpenAiScripts.roleChunk()).event(OpenAiScripts.contentChunk("Hel")))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("message").asString()).isEqualTo("It broke.");
            assertThat(answer.text()).isEqualTo("Hel");
            assertThat(answer.body()).doesNotContain("\"finish_reason\":\"");
            ended(gateway, 200);
        }
    }

    @Test
    void aTextMadeToOverwhelmTheReaderIsAnErrorLikeAnyOther() {
        String text = "try again in " + "1s".repeat(20_000);
        try (var upstream = ScriptedUpstream.start()
                        .always(OpenAiScripts.error(429, "rate_limit_error", "rate_limit_exceeded", text));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed()).error(429);
            ask(gateway, unary()).error(429);
            Chats.settled(gateway);
        }
    }

    @Test
    void whatIsNoWordIsTakenForNoCode() {
        Script echo = OpenAiScripts.error(400, "the prompt was: canary", "canary ".repeat(1_000), "No.");
        try (var upstream = ScriptedUpstream.start().always(echo);
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = ask(gateway, unary()).error(400);
            assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
            assertThat(Chats.row(gateway).toString()).doesNotContain("canary");
            assertThat(gateway.log()).doesNotContain("canary");
        }
    }

    @Test
    void aCompressedAnswerNobodyAskedForIsSaidToBeOne() {
        Script gzip = Script.status(200)
                .header("Content-Type", "text/event-stream")
                .header("Content-Encoding", "gzip")
                .bytes(new byte[] {31, -117, 8, 0})
                .build();
        try (var upstream = ScriptedUpstream.start().always(gzip);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, streamed()).error(502).path("message").asString())
                    .contains("compressed");
            assertThat(upstream.requests().get(0).header("accept-encoding")).contains("identity");
            Chats.settled(gateway);
        }
    }

    private static void ended(TestGateway gateway, int status) {
        JsonNode row = Chats.row(gateway);
        assertThat(row.path("outcome").asString()).isEqualTo("upstream_error");
        assertThat(row.path("status").asInt()).isEqualTo(status);
        Chats.settled(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, 400",
        "401, authentication_error, 401",
        "404, invalid_request_error, 404",
        "422, invalid_request_error, 422",
        "429, requests, 429",
        "500, server_error, 500",
        "503, server_error, 503",
        "529, overloaded_error, 529"
    })
    void anErrorStatusIsPassedOnInTheEnvelope(int status, String type, int expected) {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.error(status, type, "some_code", "No."));
                var gateway = TestGateway.before(upstream.url())) {
            for (String body : new String[] {streamed(), unary()}) {
                JsonNode error = ask(gateway, body).error(expected);
                assertThat(error.path("type").asString()).isEqualTo(type);
                assertThat(error.path("code").asString()).isEqualTo("some_code");
                assertThat(error.path("message").asString()).isEqualTo("No.");
            }
            Chats.settled(gateway);
        }
    }

    @Test
    void aRateLimitAsTheFirstEventKeepsItsStatusAndItsWait() {
        Script script = Script.sse()
                .header("Retry-After", "7")
                .event(OpenAiScripts.errorBody("rate_limit_error", "rate_limit_exceeded", "Slow down."))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            answer.error(429);
            assertThat(answer.head().header("retry-after")).contains("7");
            assertThat(answer.head().header("retry-after-ms")).contains("7000");
            ended(gateway, 429);
        }
    }

    @Test
    void aRateLimitStatusKeepsItsWait() {
        Script script = Script.status(429)
                .header("Content-Type", "application/json")
                .header("retry-after-ms", "1500")
                .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, unary());
            answer.error(429);
            assertThat(answer.head().header("retry-after-ms")).contains("1500");
            assertThat(answer.head().header("retry-after")).contains("2");
            assertThat(answer.head().header("x-should-retry")).isEmpty();
            ended(gateway, 429);
        }
    }

    @Test
    void aJsonErrorWithStatus200IsNoAnswer() {
        Script script = Script.json(200, "{\"error\":{\"code\":503,\"message\":\"No provider.\"},\"user_id\":\"u\"}");
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, unary()).error(503).path("message").asString())
                    .isEqualTo("No provider.");
            assertThat(ask(gateway, streamed()).error(503).path("code").asString())
                    .isEqualTo("503");
            Chats.settled(gateway);
        }
    }

    @Test
    void aJsonErrorSentAsTextIsUnderstood() {
        Script script = Script.status(401)
                .header("Content-Type", "text/plain; charset=utf-8")
                .text("{\"status\":401,\"error\":{\"message\":\"Incorrect API key provided: sk-proj-abcdef123456.\","
                        + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.error(401).path("code").asString()).isEqualTo("invalid_api_key");
            assertThat(answer.body()).doesNotContain("sk-proj");
        }
    }

    @ParameterizedTest
    @CsvSource({"502, text/html", "503, text/html", "500, application/json"})
    void aPageWithAnErrorStatusIsNotShown(int status, String type) {
        Script script = Script.status(status)
                .header("Content-Type", type)
                .text("<html><body>cloud 10.0.0.7 down</body></html>")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.error(status).path("message").asString()).contains("status " + status);
            assertThat(answer.body()).doesNotContain("10.0.0.7");
            ended(gateway, status);
        }
    }

    @Test
    void aHugeErrorBodyDoesNotMatter() {
        Script script = Script.status(500)
                .header("Content-Type", "text/plain")
                .repeat(200, b -> b.text("x".repeat(10_000)))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, unary());
            answer.error(500);
            assertThat(answer.body()).hasSizeLessThan(3_000);
            ended(gateway, 500);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        Script script = Script.status(302)
                .header("Location", "http://127.0.0.1:1/secret")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, unary());
            assertThat(answer.status()).isGreaterThanOrEqualTo(500);
            assertThat(answer.error(answer.status()).path("message").asString()).contains("302");
            ended(gateway, answer.status());
        }
    }
}
