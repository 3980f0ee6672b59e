package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model list, health and metrics. */
class EndpointsTest {
    private static final Pattern SAMPLE = Pattern.compile("[a-z_][a-zA-Z0-9_]*"
            + "(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*})? (NaN|[+-]Inf|-?[0-9.]+(E-?[0-9]+)?)( [0-9]+)?");

    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start()
                .answer(request -> request.bodyText().contains("\"stream\":true")
                        ? OpenAiScripts.stream("hello")
                        : OpenAiScripts.completion("hello"));
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                  - model_name: "any/*"
                    params: {model: "openai/*", api_base: "%s", api_key: sk-upstream}
                  - model_name: without-key
                    params: {model: groq/llama, api_key: os.environ/NO_SUCH_VARIABLE}
                """.formatted(upstream.url(), upstream.url()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void modelsAreListedAsOpenAiListsThem() {
        for (String path : List.of("/v1/models", "/models")) {
            Answer answer = get(gateway, path, Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.json().path("object").asString()).isEqualTo("list");
            assertThat(answer.json()
                            .path("data")
                            .valueStream()
                            .map(model -> model.path("id").asString()))
                    .containsExactly("gpt", "any/*");
            answer.json().path("data").valueStream().forEach(model -> {
                assertThat(model.propertyNames()).containsExactly("id", "object", "created", "owned_by");
                assertThat(model.path("object").asString()).isEqualTo("model");
                assertThat(model.path("created").asLong()).isPositive();
                assertThat(model.path("owned_by").asString()).isEqualTo("openai");
            });
        }
    }

    @Test
    void healthSaysThatItLivesAndIsReady() {
        assertThat(get(gateway, "/health/live", Map.of()).body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get(gateway, "/health/ready", Map.of()).body()).isEqualTo("{\"status\":\"ok\",\"models\":2}");
    }

    @Test
    void whoStopsIsNotReadyAndStillAlive() {
        try (RawClient ready = gateway.connect();
                RawClient live = gateway.connect()) {
            // Their bodies are under way, so these connections outlive the start of the shutdown.
            String rest = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";
            ready.send(Answers.get("/health/live"));
            live.send(Answers.get("/health/live"));
            Answers.read(ready);
            Answers.read(live);
            ready.send("GET /health/ready" + rest.replace("Host", "Expect: 100-continue\r\nHost"));
            live.send("GET /health/live" + rest.replace("Host", "Expect: 100-continue\r\nHost"));
            assertThat(ready.readHead().status()).isEqualTo(100);
            assertThat(live.readHead().status()).isEqualTo(100);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
            awaitClosedPort();
            Answer answer = Answers.read(ready.send("x"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("status").asString()).isEqualTo("draining");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(Answers.read(live.send("x")).status()).isEqualTo(200);
            closed.join();
        }
    }

    private void awaitClosedPort() {
        int port = gateway.port();
        while (true) {
            try (RawClient probe = RawClient.connect(port)) {
                Thread.onSpinWait();
            } catch (java.io.UncheckedIOException refused) {
                return;
            }
        }
    }

    @Test
    void metricsAreValidTextWithEveryFamily() {
        Answers.chat(gateway, HELLO);
        Answers.chat(gateway, HELLO_STREAM);
        Answer answer = get(gateway, "/metrics", Map.of());
        assertThat(answer.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).endsWith("\n");
        assertThat(answer.body().lines())
                .allMatch(line -> line.startsWith("# HELP ")
                        || line.startsWith("# TYPE ")
                        || SAMPLE.matcher(line).matches());
        String labels = "{model=\"gpt\",outcome=\"complete\",provider=\"openai\"} 2.0";
        assertThat(answer.body())
                .contains("thalweg_requests_total" + labels)
                .contains("thalweg_upstream_attempts_total{model=\"gpt\",provider=\"openai\"} 2.0")
                .contains("thalweg_tokens_total{model=\"gpt\",provider=\"openai\",type=\"input\"}")
                .contains("thalweg_tokens_total{model=\"gpt\",provider=\"openai\",type=\"output\"}")
                .contains("thalweg_request_duration_seconds_count{model=\"gpt\",provider=\"openai\"} 2")
                .contains("thalweg_time_to_first_token_seconds_count{model=\"gpt\",provider=\"openai\"} 1")
                .contains("thalweg_requests_in_flight 0.0")
                .contains("thalweg_caller_connections ")
                .contains("thalweg_held_bytes 0.0")
                .contains("thalweg_record_rows_waiting ")
                .contains("thalweg_record_write_failures_total 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void noLabelIsACallersText() {
        Answers.chat(gateway, HELLO.replace("\"gpt\"", "\"any/canary-model\""));
        Answers.chat(gateway, HELLO.replace("\"gpt\"", "\"canary-unknown\""));
        Answers.chat(gateway, HELLO.replace("{\"model\"", "{\"user\":\"canary-user\",\"model\""));
        get(gateway, "/canary-path", Map.of("x-request-id", "canary-id", "User-Agent", "canary-agent"));
        assertThat(get(gateway, "/metrics", Map.of()).body())
                .contains("thalweg_requests_total{model=\"any/*\"")
                .doesNotContain("canary");
    }
}
