package dev.thalweg.gateway;

import static dev.thalweg.gateway.ReloadingGateway.SOON;
import static dev.thalweg.gateway.ReloadingGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty configurations, one after the other, beneath a hundred streams and a crowd of new requests. */
class ReloadUnderLoadTest {
    private static final int STREAMS = 100;
    private static final int SWAPS = 50;
    private static final int CALLERS = 6;

    @TempDir
    private Path directory;

    /** Every value of a generation bears its number: key, header and request default go together or not at all. */
    private static String yaml(String held, String fresh, int generation) {
        return """
                model_list:
                  - model_name: held
                    params: {model: openai/x, api_base: "%s", api_key: sk-up, num_retries: 0}
                  - model_name: steady
                    params:
                      model: openai/x
                      api_base: "%s"
                      api_key: "sk-%d"
                      num_retries: 0
                      extra_headers: {x-generation: "%d"}
                      seed: %d
                  - model_name: only-%d
                    params: {model: openai/x, api_base: "%s", api_key: sk-up}
                keys: [{name: caller, key: sk-caller}, {name: "caller-%d", key: "sk-caller-%d"}]
                thalweg_settings: {event_loops: 2, max_connections: %d}
                """.formatted(
                        held,
                        fresh,
                        generation,
                        generation,
                        generation,
                        generation,
                        fresh,
                        generation,
                        generation,
                        200 + generation % 3);
    }

    @Test
    void notOneRequestFailsAndNoneSeesHalfOfBoth() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        try (var held = ScriptedUpstream.start().always(ReloadTest.waiting(goOn));
                var fresh = ScriptedUpstream.start().always(OpenAiScripts.stream("hello", " there"));
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var gateway = ReloadingGateway.of(directory.resolve("config.yaml"), yaml(held.url(), fresh.url(), 0))) {
            List<RawClient> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                streams.add(gateway.send("sk-caller", streamed("held")));
            }
            for (RawClient stream : streams) {
                assertThat(stream.readHead().status()).isEqualTo(200);
                stream.readUntil("one");
            }
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> callUntil(over, gateway, served)));
            }
            for (int generation = 1; generation <= SWAPS; generation++) {
                int seen = served.get();
                assertThat(gateway.reload(yaml(held.url(), fresh.url(), generation)))
                        .isEqualTo(ReloadOutcome.APPLIED);
                assertThat(gateway.status("sk-caller", streamed("only-" + generation)))
                        .isEqualTo(200);
                assertThat(gateway.status("sk-caller", streamed("only-" + (generation - 1))))
                        .isEqualTo(404);
                assertThat(gateway.status("sk-caller-" + generation, streamed("steady")))
                        .isEqualTo(200);
                assertThat(gateway.status("sk-caller-" + (generation - 1), streamed("steady")))
                        .isEqualTo(401);
                ReloadingGateway.until("requests between two changes", () -> served.get() >= seen + CALLERS);
            }
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
            goOn.countDown();
            for (RawClient stream : streams) {
                RawClient.Body rest = stream.readBody();
                assertThat(rest.clean()).isTrue();
                assertThat(TestGateway.plain(rest.text()))
                        .contains("two")
                        .endsWith("data: [DONE]\n\n")
                        .doesNotContain("error");
                stream.close();
            }
            assertThat(held.connections()).isEqualTo(STREAMS);
            assertThat(fresh.connections())
                    .as("the pools of a provider that stays are kept through every change")
                    .isLessThanOrEqualTo(4 * CALLERS);
            fresh.requests().forEach(ReloadUnderLoadTest::isOfOneGeneration);
            assertThat(gateway.metric("sk-caller", "thalweg_config_reloads_total{outcome=\"applied\"}"))
                    .isEqualTo(SWAPS);
            ReloadingGateway.until(
                    "nothing to be under way", () -> gateway.gateway().server().running() == 0);
            System.out.println(served.get() + " requests through " + SWAPS + " changes");
        }
        assertThat(LeakRecorder.leaks()).as("buffers never released").isEmpty();
    }

    /** One caller, on a connection he keeps: it sees every change between two of its requests. */
    private static Void callUntil(AtomicBoolean over, ReloadingGateway gateway, AtomicInteger served) {
        try (RawClient client = gateway.gateway().connect().timeout(SOON)) {
            while (!over.get()) {
                client.post("/v1/chat/completions", Map.of("Authorization", "Bearer sk-caller"), streamed("steady"));
                assertThat(client.readHead().status()).isEqualTo(200);
                assertThat(TestGateway.plain(client.readBody().text()))
                        .contains("there")
                        .endsWith("data: [DONE]\n\n");
                served.incrementAndGet();
            }
        }
        return null;
    }

    private static void isOfOneGeneration(RecordedRequest request) {
        String generation = request.header("x-generation").orElse("");
        if (!generation.isEmpty()) {
            assertThat(request.header("authorization")).contains("Bearer sk-" + generation);
            assertThat(request.bodyText()).contains("\"seed\":" + generation);
        }
    }
}
