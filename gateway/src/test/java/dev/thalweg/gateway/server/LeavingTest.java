package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that has said it is leaving, and has its port open still. */
class LeavingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
        gateway = gateway("5m");
    }

    @AfterEach
    void stop() {
        gateway.server().hurry();
        gateway.close();
        upstream.close();
    }

    private TestGateway gateway(String delay) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                general_settings: {shutdown_delay: %s, shutdown_timeout: 5m}
                """.formatted(upstream.url(), delay));
    }

    /** Begins to leave, and returns when callers see it. */
    private CompletableFuture<Void> leave() {
        CompletableFuture<Void> leaving =
                CompletableFuture.runAsync(() -> gateway.server().leave(said::add));
        while (get(gateway, "/health/ready", Map.of()).status() == 200) {
            assertThat(leaving).isNotDone();
        }
        return leaving;
    }

    @Test
    void itIsNotReadyAndAliveAndServesWhoComes() {
        leave();
        Answer ready = get(gateway, "/health/ready", Map.of());
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().path("status").asString()).isEqualTo("draining");
        try (RawClient client = gateway.connect()) {
            Answer live = Answers.read(client.send(Answers.get("/health/live")));
            assertThat(live.status()).isEqualTo(200);
            assertThat(live.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
        Answer chat = Answers.chat(gateway, HELLO);
        assertThat(chat.status()).isEqualTo(200);
        assertThat(chat.body()).contains("hello");
        assertThat(chat.header("connection")).isEqualTo("close");
        assertThat(said)
                .containsExactly("Leaving: readiness fails, and requests are still served for 300s (shutdown_delay).");
    }

    @Test
    void aRestingConnectionIsServedOnceMoreAndThenClosed() {
        try (RawClient client = gateway.connect()) {
            assertThat(Answers.read(client.send(Answers.post(HELLO))).header("connection"))
                    .isEmpty();
            leave();
            Answer last = Answers.read(client.send(Answers.post(HELLO)));
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void anAnswerThatHasNotBegunClosesItsConnection() {
        CountDownLatch go = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .awaitSignal(go)
                .event(OpenAiScripts.contentChunk("late"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (RawClient client = gateway.connect().timeout(SOON)) {
            client.send(Answers.post(HELLO_STREAM));
            upstream.takeRequest(SOON);
            leave();
            go.countDown();
            Answer answer = Answers.read(client);
            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void aStreamThatPromisedToKeepItsConnectionKeepsItForOneMoreRequest() {
        CountDownLatch go = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(go)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (RawClient client = gateway.connect().timeout(SOON)) {
            client.send(Answers.post(HELLO_STREAM));
            assertThat(client.readHead().header("connection")).isEmpty();
            client.readUntil("one");
            leave();
            go.countDown();
            assertThat(client.readBody().clean()).isTrue();
            Answer last = Answers.read(client.send(Answers.post(HELLO)));
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.awaitClose()).isTrue();
        }
    }

    @Test
    void hurryEndsTheDelayAndThePortIsOpenUntilItIsClosed() throws Exception {
        CompletableFuture<Void> leaving = leave();
        gateway.server().hurry();
        leaving.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(Answers.chat(gateway, HELLO).status()).isEqualTo(200);
        gateway.close();
        assertThat(said).hasSize(1);
    }

    @Test
    void theDelayEndsByItselfAndNoneIsNotSpokenOf() {
        for (String delay : List.of("150ms", "0")) {
            gateway.close();
            gateway = gateway(delay);
            long begin = System.nanoTime();
            gateway.server().leave(said::add);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertThat(took).isBetween(delay.equals("0") ? 0L : 150L, SOON.toMillis());
            assertThat(get(gateway, "/health/ready", Map.of()).status()).isEqualTo(503);
        }
        assertThat(said).singleElement().asString().contains("for 150ms");
    }

    @Test
    void hurryEndsWhatIsUnderWayWithAnError() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).hang().build());
        try (RawClient client = gateway.connect().timeout(SOON)) {
            client.send(Answers.post(HELLO_STREAM));
            client.readHead();
            client.readUntil("one");
            CompletableFuture<Void> closing =
                    CompletableFuture.runAsync(() -> gateway.server().close(said::add));
            while (said.isEmpty()) {
                assertThat(closing).isNotDone();
            }
            gateway.server().hurry();
            assertThat(TestGateway.plain(client.readBody().text())).contains("event: error", "shutting_down");
            closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(said)
                .containsExactly(
                        "Stopping: the port closes; 1 requests are under way, with 300s to finish (shutdown_timeout).",
                        "Ending 1 requests that have not finished.");
    }
}
