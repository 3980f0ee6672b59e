package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.ask;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway without any key answers this machine's own programs and pages, and no web page from elsewhere. */
class OpenGatewayTest {
    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start()
                .answer(request -> request.bodyText().contains("\"stream\":true")
                        ? OpenAiScripts.stream("hello")
                        : OpenAiScripts.completion("hello"));
        gateway = TestGateway.before(upstream.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Answer post(Map<String, String> headers, String body) {
        return ask(gateway, Answers.post(CHAT, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8000",
                "localhost.evil.example",
                "localhost@evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:8000",
                "xlocalhost",
                "192.168.0.7",
                "0.0.0.0",
                "[::]",
                "[::2]:8000",
                "localhost:8000:9",
                "localhost:x",
                "localhost evil",
                "2130706433",
            })
    void aNameThatIsNotThisMachinesIsRefusedEverywhere(String host) {
        for (String path : new String[] {"/v1/models", "/health/live", "/health/ready", "/metrics", "/nowhere"}) {
            get(gateway, path, Map.of("Host", host)).isError(403, "forbidden");
        }
        String request = Answers.post(HELLO).replace("Host: localhost", "Host: " + host);
        ask(gateway, request).isError(403, "forbidden");
        assertThat(upstream.requests()).noneMatch(asked -> asked.bodyText().contains(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:1", "127.5.6.7:80", "[::1]:8000"})
    void aLoopbackNameIsServed(String host) {
        assertThat(get(gateway, "/v1/models", Map.of("Host", host)).status()).isEqualTo(200);
    }

    @Test
    void theTargetsOwnHostCountsToo() {
        Answer answer = ask(gateway, "GET http://evil.example/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
        answer.isError(403, "forbidden");
        assertThat(ask(gateway, "GET http://localhost:1/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://evil.example",
                "http://localhost.evil.example",
                "http://localhost@evil.example",
                "http://127.0.0.1.evil.example",
                "http://evil.example:3000",
                "https://localhost:3000",
                "http://localhost:3000/",
                "http://localhost:3000 https://evil.example",
                "null",
                "file://",
                "",
                "chrome-extension://abcdef"
            })
    void aForeignPageIsRefusedAndToldNothing(String origin) {
        Answer answer = post(Map.of("Origin", origin), HELLO);
        answer.isError(403, "forbidden");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
        Answer preflight = ask(
                gateway,
                "OPTIONS " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin
                        + "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void twoOriginsAreRefused() {
        ask(
                        gateway,
                        Answers.post(HELLO)
                                .replace(
                                        "Content-Type",
                                        "Origin: http://localhost\r\nOrigin: https://evil.example\r\n"
                                                + "Content-Type"))
                .isError(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:80"})
    void aLocalPageMayCallAndReadEveryAnswer(String origin) {
        Map<String, String> headers = Map.of("Origin", origin);
        mayRead(post(headers, HELLO), 200, origin);
        mayRead(post(headers, HELLO_STREAM), 200, origin);
        mayRead(post(headers, "{"), 400, origin);
        mayRead(post(headers, HELLO.replace("gpt", "none")), 404, origin);
        mayRead(get(gateway, "/v1/models", headers), 200, origin);
        mayRead(get(gateway, "/nowhere", headers), 404, origin);
        mayRead(get(gateway, CHAT, headers), 405, origin);
    }

    @Test
    void aLocalPageMayReadAnErrorOfTheProvider() {
        upstream.enqueue(OpenAiScripts.error(400, "invalid_request_error", "bad", "no"));
        mayRead(post(Map.of("Origin", "http://localhost:1"), HELLO), 400, "http://localhost:1");
        upstream.enqueue(Script.sse().rst().build());
        mayRead(post(Map.of("Origin", "http://localhost:1"), HELLO_STREAM), 502, "http://localhost:1");
    }

    private static void mayRead(Answer answer, int status, String origin) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(answer.header("vary")).isEqualToIgnoringCase("origin");
        assertThat(answer.header("access-control-expose-headers")).contains("x-request-id");
        assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void aPreflightOfALocalPageIsAnswered() {
        try (RawClient client = gateway.connect()) {
            client.send("OPTIONS " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n"
                    + "Access-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: authorization,content-type,x-stainless-os\r\n\r\n");
            Answer answer = Answers.read(client);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
            assertThat(answer.header("access-control-allow-methods")).contains("POST", "GET");
            assertThat(answer.header("access-control-allow-headers"))
                    .isEqualTo("authorization,content-type,x-stainless-os");
            assertThat(answer.header("content-length")).isEmpty();
            assertThat(Answers.read(client.send(Answers.get("/health/live"))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutAnOriginThereAreNoCorsHeaders() {
        Answer answer = post(Map.of(), HELLO);
        assertThat(answer.head().headers().toString()).doesNotContainIgnoringCase("access-control");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                     | 200",
                "application/json; charset=utf-8      | 200",
                "application/json ;charset=utf-8      | 200",
                "Application/JSON                     | 200",
                "text/plain                           | 415",
                "text/plain; x=application/json       | 415",
                "application/x-www-form-urlencoded    | 415",
                "multipart/form-data                  | 415",
                "application/jsonx                    | 415",
                "application/json, text/plain         | 415",
                "''                                   | 415",
            })
    void onlyJsonIsReadBecausePagesMaySendTheRestUnasked(String type, int status) {
        Answer answer = post(Map.of("Content-Type", type), HELLO);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 415) {
            answer.isError(415, "unsupported_media_type");
        }
    }

    @Test
    void aBodyWithoutATypeIsRefused() {
        ask(gateway, Answers.post(HELLO).replace("Content-Type: application/json\r\n", ""))
                .isError(415, "unsupported_media_type");
    }

    @Test
    void aCompressedBodyIsRefused() {
        post(Map.of("Content-Encoding", "gzip"), HELLO).isError(415, "unsupported_content_encoding");
        assertThat(post(Map.of("Content-Encoding", "identity"), HELLO).status()).isEqualTo(200);
    }
}
