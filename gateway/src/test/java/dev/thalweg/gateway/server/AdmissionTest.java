package dev.thalweg.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What happens to requests for which there is no room. */
class AdmissionTest {
    private static final String BODY =
            "{\"model\":\"gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    private static final Duration SOON = Duration.ofSeconds(15);

    private static TestGateway gateway(String url, String settings) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    litellm_params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk}
                general_settings: {%s}
                """.formatted(url, settings));
    }

    private static void isOverloaded(RawClient client) {
        RawClient.Head head = client.timeout(SOON).readHead();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.header("retry-after")).contains("1");
        String body = client.readBody().text();
        assertThat(JsonMapper.shared().readTree(body).at("/error/code").asString())
                .isEqualTo("overloaded");
    }

    @Test
    void requestsBeyondTheirNumberAreToldToComeBack() {
        CountDownLatch go = new CountDownLatch(1);
        Script held = Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .awaitSignal(go)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        List<RawClient> clients = new ArrayList<>();
        try (var upstream = ScriptedUpstream.start().always(held);
                var gateway = gateway(upstream.url(), "max_requests_in_flight: 3")) {
            for (int i = 0; i < 3; i++) {
                RawClient client = gateway.post(BODY.formatted("hi"));
                clients.add(client);
                assertThat(client.timeout(SOON).readHead().status()).isEqualTo(200);
            }
            try (RawClient fourth = gateway.post(BODY.formatted("hi"))) {
                isOverloaded(fourth);
                for (String path : List.of("/health/live", "/health/ready", "/metrics", "/v1/models")) {
                    fourth.get(path, Map.of());
                    assertThat(fourth.readHead().status()).as(path).isEqualTo(200);
                    fourth.readBody();
                }
            }
            go.countDown();
            for (RawClient client : clients) {
                assertThat(client.readBody().text()).contains("[DONE]");
                client.close();
            }
            try (RawClient again = gateway.post(BODY.formatted("hi"))) {
                assertThat(again.timeout(SOON).readHead().status()).isEqualTo(200);
            }
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    @Test
    void bodiesBeyondTheirRoomAreToldToComeBack() {
        CountDownLatch go = new CountDownLatch(1);
        Script held = Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .awaitSignal(go)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        String large = BODY.formatted("x".repeat(60_000));
        try (var upstream = ScriptedUpstream.start().always(held);
                var gateway = gateway(upstream.url(), "max_buffered_bytes: 100000");
                RawClient first = gateway.post(large)) {
            assertThat(first.timeout(SOON).readHead().status()).isEqualTo(200);
            try (RawClient second = gateway.post(large)) {
                isOverloaded(second);
            }
            try (RawClient small = gateway.post(BODY.formatted("hi"))) {
                assertThat(small.timeout(SOON).readHead().status()).isEqualTo(200);
            }
            go.countDown();
            assertThat(first.readBody().text()).contains("[DONE]");
            first.post("/v1/chat/completions", Map.of("Content-Type", "application/json"), large);
            assertThat(first.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    void aFullHeapLetsNoMoreRunThanWhenItWasNoticed() {
        HeapPressure pressure = new HeapPressure();
        System.gc();
        // Whatever the tests hold is more than nothing, and less than everything.
        assertThat(pressure.limits(50, 0)).isFalse();
        assertThat(pressure.limits(50, 100)).isFalse();
        HeapPressure strict = new HeapPressure(Duration.ZERO);
        assertThat(strict.limits(1_000, -1)).isTrue();
        assertThat(strict.limits(900, -1)).isTrue();
        assertThat(strict.limits(899, -1)).isFalse();
        assertThat(strict.limits(5_000, -1)).isTrue();
        assertThat(strict.limits(5_000, 100)).isFalse();
    }
}
