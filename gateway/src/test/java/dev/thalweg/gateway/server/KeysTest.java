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
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with keys: who may call, for which models, from which pages; and no key is ever shown. */
class KeysTest {
    private static final String MASTER = "sk-canary-master-7f3a";
    private static final String TEAM = "sk-canary-team-91bc";

    private static ScriptedUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: &upstream {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-canary-upstream}
                  - model_name: gpt-secret
                    params: *upstream
                  - model_name: "open/*"
                    params: {model: "openai/*", api_base: "%s", api_key: sk-canary-upstream}
                general_settings: {master_key: %s, allowed_origins: ["https://chat.example.com"]}
                keys:
                  - {name: team, key: %s, models: [gpt, "open/mini*"]}
                  - {name: all, key: sk-canary-all}
                """.formatted(upstream.url(), upstream.url(), MASTER, TEAM));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static Answer chat(String key, String body) {
        return ask(
                gateway,
                Answers.post(CHAT, Map.of("Authorization", "Bearer " + key), body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer " + MASTER,
        "authorization, bearer " + MASTER,
        "AUTHORIZATION, BEARER " + MASTER,
        "Authorization, Bearer   " + MASTER,
        "x-api-key, " + MASTER,
        "X-Api-Key, " + MASTER,
        "api-key, " + MASTER,
        "Api-Key, " + TEAM,
    })
    void aKeyIsTakenFromEachOfItsPlaces(String header, String value) {
        assertThat(get(gateway, "/v1/models", Map.of(header, value)).status()).isEqualTo(200);
        assertThat(ask(gateway, Answers.post(CHAT, Map.of(header, value), HELLO.getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutAKeyNothingButHealthIsServed() {
        for (String path : List.of("/v1/models", "/models", "/metrics")) {
            Answer answer = get(gateway, path, Map.of());
            answer.isError(401, "missing_api_key");
            assertThat(answer.error().path("type").asString()).isEqualTo("authentication_error");
        }
        ask(gateway, Answers.post(HELLO)).isError(401, "missing_api_key");
        ask(gateway, Answers.post("{")).isError(401, "missing_api_key");
        assertThat(get(gateway, "/health/live", Map.of()).status()).isEqualTo(200);
        assertThat(get(gateway, "/health/ready", Map.of()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", MASTER, "Token " + MASTER})
    void whatIsNoBearerTokenIsNoKey(String authorization) {
        get(gateway, "/v1/models", Map.of("Authorization", authorization)).isError(401, "missing_api_key");
    }

    @Test
    void aWrongKeyIsRefusedAndNotRepeated() {
        String half = MASTER.substring(0, MASTER.length() - 1);
        List<String> wrong = List.of(
                "sk-canary-wrong",
                half,
                MASTER + "x",
                MASTER.toUpperCase(java.util.Locale.ROOT),
                "*",
                "null",
                "k".repeat(5_000),
                "sk-canary-é",
                MASTER + "," + MASTER);
        for (String key : wrong) {
            Answer answer = chat(key, HELLO).isError(401, "invalid_api_key");
            assertThat(answer.body()).doesNotContain("canary");
        }
    }

    @Test
    void theFirstPlaceDecidesSoThatAWrongKeyIsNotOverlooked() {
        get(gateway, "/v1/models", Map.of("Authorization", "Bearer wrong", "x-api-key", MASTER))
                .isError(401, "invalid_api_key");
    }

    @Test
    void aRefusedCallerCostsTheProviderNothing() {
        int before = upstream.requests().size();
        chat("sk-canary-wrong", HELLO);
        ask(gateway, Answers.post(HELLO));
        chat(TEAM, HELLO.replace("gpt", "gpt-secret"));
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void aKeyWithAListOfModelsMayUseThoseAndSeesThoseOnly() {
        assertThat(chat(TEAM, HELLO).status()).isEqualTo(200);
        assertThat(chat(TEAM, HELLO.replace("\"gpt\"", "\"open/mini-1\"")).status())
                .isEqualTo(200);
        chat(TEAM, HELLO.replace("\"gpt\"", "\"gpt-secret\""))
                .isError(403, "model_not_allowed")
                .names("model");
        chat(TEAM, HELLO.replace("\"gpt\"", "\"open/large\"")).isError(403, "model_not_allowed");
        assertThat(chat(MASTER, HELLO.replace("\"gpt\"", "\"gpt-secret\"")).status())
                .isEqualTo(200);
        assertThat(models(TEAM)).contains("gpt").doesNotContain("gpt-secret", "open/*");
        assertThat(models(MASTER)).containsExactly("gpt", "gpt-secret", "open/*");
        assertThat(models("sk-canary-all")).containsExactly("gpt", "gpt-secret", "open/*");
    }

    private static List<String> models(String key) {
        return get(gateway, "/v1/models", Map.of("x-api-key", key))
                .json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();
    }

    @Test
    void aModelThatAKeyMayNotUseIsNotOfferedToIt() {
        Answer team = chat(TEAM, HELLO.replace("\"gpt\"", "\"gpt-sekret\""));
        team.isError(404, "model_not_found");
        assertThat(team.body()).contains("'gpt'").doesNotContain("gpt-secret");
        assertThat(chat(MASTER, HELLO.replace("\"gpt\"", "\"gpt-sekret\"")).body())
                .contains("gpt-secret");
    }

    @Test
    void everyHostIsServedAndEveryContentTypeRead() {
        assertThat(get(gateway, "/v1/models", Map.of("Host", "gateway.example", "api-key", MASTER))
                        .status())
                .isEqualTo(200);
        Map<String, String> plain = Map.of("api-key", MASTER, "Content-Type", "text/plain");
        assertThat(ask(gateway, Answers.post(CHAT, plain, HELLO.getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyListedPagesMayCall() {
        Map<String, String> listed = Map.of("Origin", "https://chat.example.com", "api-key", MASTER);
        assertThat(get(gateway, "/v1/models", listed).header("access-control-allow-origin"))
                .isEqualTo("https://chat.example.com");
        Answer refused = get(gateway, "/v1/models", Map.of("Origin", "https://chat.example.com"));
        refused.isError(401, "missing_api_key");
        assertThat(refused.header("access-control-allow-origin")).isEqualTo("https://chat.example.com");
        for (String origin : List.of(
                "http://chat.example.com",
                "https://chat.example.com:8443",
                "https://chat.example.com.evil.example",
                "http://localhost:3000",
                "null")) {
            Answer foreign = get(gateway, "/v1/models", Map.of("Origin", origin, "api-key", MASTER));
            foreign.isError(403, "forbidden");
            assertThat(foreign.header("access-control-allow-origin")).isEmpty();
        }
    }

    @Test
    void aPreflightNeedsNoKey() {
        Answer answer = ask(
                gateway,
                "OPTIONS " + CHAT + " HTTP/1.1\r\nHost: h\r\nOrigin: https://chat.example.com\r\n"
                        + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://chat.example.com");
    }

    @Test
    void noKeyIsEverInTheLogTheRecordOrTheMetrics() {
        try (TestGateway own = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-canary-upstream}
                general_settings: {master_key: sk-canary-own}
                """.formatted(upstream.url()))) {
            upstream.enqueue(OpenAiScripts.error(
                    401,
                    "invalid_request_error",
                    "invalid_api_key",
                    "Incorrect API key provided: sk-canary-upstream."));
            byte[] body = HELLO_STREAM.getBytes(StandardCharsets.UTF_8);
            Answer failed = ask(own, Answers.post(CHAT, Map.of("api-key", "sk-canary-own"), body));
            assertThat(failed.status()).isGreaterThanOrEqualTo(400);
            ask(own, Answers.post(CHAT, Map.of("api-key", "sk-canary-own"), HELLO.getBytes(StandardCharsets.UTF_8)));
            ask(own, Answers.post(CHAT, Map.of("api-key", "sk-canary-wrong"), body));
            String metrics =
                    get(own, "/metrics", Map.of("api-key", "sk-canary-own")).body();
            own.close();
            assertThat(own.log().lines()).hasSize(3);
            assertThat(own.log().lines().filter(line -> line.contains("\"key\":\"master\"")))
                    .hasSize(2);
            assertThat(own.log().lines().filter(line -> line.contains("\"outcome\":\"refused\",\"status\":401")))
                    .hasSize(1);
            assertThat(own.rows()).hasSize(2);
            assertThat(metrics).contains("thalweg_refused_requests_total{code=\"invalid_api_key\",status=\"401\"} 1.0");
            assertThat(failed.body() + metrics + own.log() + own.rows()).doesNotContain("canary");
        }
    }
}
