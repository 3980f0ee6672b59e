package dev.thalweg.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A configuration that is not in force any more is kept by the requests that began with it, and by nothing else. */
class SnapshotTest {
    private static GatewayConfig config(String url, String model) {
        return ConfigLoader.parse("config.yaml", """
                        model_list:
                          - {model_name: %s, params: {model: openai/x, api_base: "%s", api_key: sk}}
                        thalweg_settings: {event_loops: 2}
                        """.formatted(model, url), Map.of())
                .orThrow();
    }

    @Test
    void isGoneWithItsLastStreamThoughEveryConnectionIsStillOpen() {
        CountDownLatch goOn = new CountDownLatch(1);
        Script waiting = Script.sse()
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(goOn)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(waiting).always(OpenAiScripts.completion("hello"));
                var gateway = TestGateway.before(upstream.url());
                RawClient stream = gateway.connect().timeout(Duration.ofSeconds(20));
                RawClient resting = gateway.connect().timeout(Duration.ofSeconds(20))) {
            post(stream, Answers.HELLO_STREAM);
            stream.readHead();
            stream.readUntil("one");
            post(resting, Answers.HELLO);
            assertThat(Answers.read(resting).status()).isEqualTo(200);

            WeakReference<Snapshot> old = new WeakReference<>(gateway.server().snapshot());
            gateway.server().apply(config(upstream.url(), "other"));
            System.gc();
            assertThat(old.refersTo(null)).as("the stream still follows it").isFalse();
            post(resting, Answers.HELLO);
            Answers.read(resting).isError(404, "model_not_found");

            goOn.countDown();
            assertThat(TestGateway.plain(stream.readBody().text())).endsWith("[DONE]\n\n");
            awaitGone(old);
            post(stream, Answers.HELLO.replace("gpt", "other"));
            assertThat(Answers.read(stream).status())
                    .as("on the same connection")
                    .isEqualTo(200);
        }
    }

    private static void post(RawClient client, String body) {
        client.post("/v1/chat/completions", Map.of("Content-Type", "application/json"), body);
    }

    private static void awaitGone(WeakReference<Snapshot> old) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!old.refersTo(null)) {
            assertThat(System.nanoTime())
                    .as("something holds the old configuration")
                    .isLessThan(end);
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
