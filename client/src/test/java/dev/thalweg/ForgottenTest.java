package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgottenTest extends SdkTest {
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.thalweg");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aForgottenStreamIsClosedAndTheLogSaysOnceWhereItWasOpened() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());

        openAndForget();
        collectUntil(() -> !logged.isEmpty());

        upstream.takeRequest(SOON).awaitDisconnect(SOON);
        collectUntil(() -> true);
        assertThat(logged).hasSize(1);
        assertThat(logged.getFirst()).contains("ForgottenTest.openAndForget(ForgottenTest.java:");
    }

    private void openAndForget() {
        thalweg.stream(MODEL, "Hello").iterator().next();
    }

    @Test
    void aStreamThatWasReadOrClosedIsNotForgotten() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        read(stream());
        stream().close();

        for (int i = 0; i < 5; i++) {
            collectUntil(() -> true);
        }

        assertThat(logged).isEmpty();
    }

    @Test
    void aStreamLivesOnWithoutAnybodyHoldingItsClient() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hel"))
                .awaitSignal(go)
                .event(OpenAiScripts.contentChunk("lo"))
                .event("[DONE]")
                .build());
        ChatStream stream = client().build().stream(MODEL, "Hello");

        for (int i = 0; i < 5; i++) {
            collectUntil(() -> true);
        }
        go.complete(null);

        assertThat(read(stream)).isEqualTo("Hello");
    }

    private static void collectUntil(java.util.function.BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        do {
            System.gc();
            Thread.sleep(20);
            assertThat(System.nanoTime()).as("nothing was cleaned").isLessThan(end);
        } while (!done.getAsBoolean());
    }
}
