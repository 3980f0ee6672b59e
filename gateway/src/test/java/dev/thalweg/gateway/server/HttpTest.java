package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, paths, versions and headers. */
class HttpTest {
    private static final String KEY = "Authorization: Bearer sk-master\r\n";

    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start()
                .answer(request -> request.bodyText().contains("\"stream\":true")
                        ? OpenAiScripts.stream("hel", "lo")
                        : OpenAiScripts.completion("hello"));
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                general_settings: {master_key: sk-master}
                """.formatted(upstream.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Answer send(String requestLine, String headers) {
        return ask(gateway, requestLine + " HTTP/1.1\r\nHost: any.example\r\n" + headers + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, POST",
        "PUT, /chat/completions, POST",
        "OPTIONS, /v1/chat/completions, POST",
        "DELETE, /v1/models, GET",
        "POST, /health/live, GET",
        "POST, /health/ready, GET",
        "PATCH, /metrics, GET",
        "TRACE, /v1/models, GET",
        "get, /v1/models, GET",
        "BREW, /v1/models, GET"
    })
    void anotherMethodIsRefusedAndTheRightOneNamed(String method, String path, String allowed) {
        Answer answer = send(method + " " + path, KEY);
        answer.isError(405, "method_not_allowed");
        assertThat(answer.header("allow")).isEqualTo(allowed);
        assertThat(answer.error().path("message").asString()).contains(path, allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "//v1/models",
                "/v1//models",
                "/v1/./models",
                "/v1/x/../models",
                "/./v1/models",
                "/v1/models/",
                "/v1/models;x",
                "/v1/models;x=1",
                "/;/v1/models",
                "/v1/%6dodels",
                "/v1%2fmodels",
                "/%2e/v1/models",
                "/v1/%2e%2e/v1/models",
                "/V1/models",
                "/v1/Models",
                "\\v1\\models",
                "/v1\\models",
                "/v1/models#",
                "/v1/models%00",
                "/v1/models%3fx",
                "/health/live/../../v1/models",
                "/health/live/..;/v1/models",
                "v1/models",
                "http:///v1/models/",
                "http://any.example//v1/models",
                "ftp://any.example/v1/models",
                "any.example/v1/models"
            })
    void aPathInAnotherSpellingLeadsNowhereWithAndWithoutAKey(String path) {
        send("GET " + path, "").isError(404, "unknown_url");
        send("GET " + path, KEY).isError(404, "unknown_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/models",
                "/v1/models?limit=1",
                "/v1/models?",
                "/v1/models?a=/../x?y",
                "http://any.example/v1/models",
                "http://any.example:80/v1/models?x",
                "https://other.example/v1/models",
                "/metrics",
                "http:///metrics"
            })
    void whereverAPathLeadsTheKeyIsAskedFor(String path) {
        Answer without = send("GET " + path, "");
        assertThat(without.status()).as(without.body()).isIn(401, 404);
        if (without.status() == 401) {
            without.isError(401, "missing_api_key");
            assertThat(send("GET " + path, KEY).status()).isEqualTo(200);
        }
    }

    @Test
    void queriesAndAbsoluteTargetsAreUnderstood() {
        assertThat(send("GET /v1/models?limit=1", KEY).status()).isEqualTo(200);
        assertThat(send("GET http://any.example/v1/models?x", KEY).status()).isEqualTo(200);
        assertThat(send("GET http://any.example/health/live", "").status()).isEqualTo(200);
        assertThat(send("GET http://any.example", "").body()).isEqualTo("Ollama is running");
        assertThat(send("GET http://?/v1/models", "").body()).isEqualTo("Ollama is running");
    }

    @ParameterizedTest
    @CsvSource({"/health/live, 200", "/v1/models, 200", "/metrics, 200", "/nowhere, 404", "/v1/chat/completions, 405"})
    void headIsAnsweredLikeGetWithoutABody(String path, int status) {
        try (RawClient client = gateway.connect()) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: h\r\n" + KEY + "\r\n");
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(status);
            assertThat(Integer.parseInt(head.header("content-length").orElse("0")))
                    .isPositive();
            // The next answer begins where the body would have been.
            client.send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(Answers.read(client).body()).contains("ok");
        }
    }

    @Test
    void toAnHttp10CallerAStreamEndsWithTheConnection() {
        try (RawClient client = gateway.connect()) {
            client.send("POST " + CHAT + " HTTP/1.0\r\n" + KEY + "Content-Type: application/json\r\nContent-Length: "
                    + HELLO_STREAM.length() + "\r\n\r\n" + HELLO_STREAM);
            RawClient.Head head = client.readHead();
            assertThat(head.header("transfer-encoding")).isEmpty();
            assertThat(head.header("connection")).contains("close");
            String body = TestGateway.plain(client.readBody().text());
            assertThat(body).startsWith("data: {").endsWith("data: [DONE]\n\n").doesNotContain("\r\n");
        }
    }

    @Test
    void anHttp10CallerWhoAsksForItKeepsHisConnection() {
        String request = "GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Answers.read(client.send(request)).header("connection"))
                        .isEqualTo("keep-alive");
            }
            Answer last = Answers.read(client.send("GET /health/live HTTP/1.0\r\n\r\n"));
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOfferOfHttp2IsIgnoredAndTheBodyIsIntact(boolean chunked) {
        String offer = KEY + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n";
        String plain = chunked ? Answers.chunked(HELLO, 10) : Answers.post(HELLO);
        String request = plain.replace("Host: localhost\r\n", "Host: localhost\r\n" + offer);
        try (RawClient client = gateway.connect()) {
            Answer answer = Answers.read(client.send(request));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("upgrade")).isEmpty();
            assertThat(upstream.takeRequest(Duration.ofSeconds(5)).bodyText())
                    .contains("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");
            assertThat(Answers.read(client.send(request)).status()).isEqualTo(200);
            upstream.takeRequest(Duration.ofSeconds(5));
        }
    }

    @Test
    void theHttp2PrefaceIsRefused() {
        ask(gateway, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").isError(400, "invalid_http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A-b_c.9", "018f-4d2e"})
    void theCallersRequestIdIsKept(String id) {
        assertThat(send("GET /health/live", "x-request-id: " + id + "\r\n").header("x-request-id"))
                .isEqualTo(id);
    }

    @Test
    void anInsaneRequestIdIsReplaced() {
        for (String id : new String[] {"", "a b", "a\tb", "<x>", "a\"b", "é", "a%0d%0a", "x".repeat(129), "a,b"}) {
            Answer answer = send("GET /nowhere", "x-request-id: " + id + "\r\n");
            assertThat(answer.header("x-request-id")).matches("req_[0-9a-v]{24}");
            assertThat(answer.error().path("request_id").asString()).isEqualTo(answer.header("x-request-id"));
        }
        assertThat(send("GET /health/live", "x-request-id: " + "x".repeat(128) + "\r\n")
                        .header("x-request-id"))
                .hasSize(128);
    }

    @Test
    void headersBeyondTheirLimitAreRefused() {
        Answer one = send("GET /health/live", "x-long: " + "x".repeat(40_000) + "\r\n");
        one.isError(431, "headers_too_large");
        assertThat(one.header("connection")).isEqualTo("close");
        send("GET /health/live", "x-more: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(3_000))
                .isError(431, "headers_too_large");
        assertThat(send("GET /health/live", "x-long: " + "x".repeat(30_000) + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aMegabyteOfHeadersIsRefusedAndTheAnswerCanBeRead() {
        send("GET /health/live", "x-more: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(40_000))
                .isError(431, "headers_too_large");
    }

    @Test
    void aRequestLineBeyondItsLimitIsRefused() {
        send("GET /health/live?" + "x".repeat(9_000), "").isError(414, "uri_too_long");
        assertThat(send("GET /health/live?" + "x".repeat(8_000), "").status()).isEqualTo(200);
    }

    @Test
    void anUnknownPathIsShownShortAndEscaped() {
        Answer answer = send("GET /" + "<\"'&\u00ff>".repeat(200), "");
        answer.isError(404, "unknown_url");
        assertThat(answer.body()).hasSizeLessThan(400);
    }

    @Test
    void nothingOfTheCallersHeadersReachesTheProvider() {
        Map<String, String> headers = Map.of("Authorization", "Bearer sk-master", "Cookie", "c=1", "X-Mine", "m");
        ask(gateway, Answers.post(CHAT, headers, HELLO.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(upstream.takeRequest(Duration.ofSeconds(5)).headers().toString())
                .doesNotContainIgnoringCase("sk-master")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContainIgnoringCase("x-mine");
    }
}
