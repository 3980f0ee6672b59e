package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgottenTest extends SdkTest {
    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
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

        assertThat(nextWarning()).contains("ForgottenTest.openAndForget(ForgottenTest.java:");
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
        collectARound();
        assertThat(logged).isEmpty();
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
            collectARound();
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
            collectARound();
        }
        go.complete(null);

        assertThat(read(stream)).isEqualTo("Hello");
    }

    /** Has garbage collected until a warning about a stream comes. */
    private String nextWarning() throws InterruptedException {
        String warning = null;
        for (int i = 0; warning == null; i++) {
            assertThat(i).as("rounds in which nothing was cleaned").isLessThan(500);
            System.gc();
            warning = logged.poll(20, TimeUnit.MILLISECONDS);
        }
        return warning;
    }

    /** Has garbage collected until a stream forgotten just now is cleaned, and with it all that was forgotten before. */
    private void collectARound() throws InterruptedException {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        openAnotherAndForget();
        assertThat(nextWarning()).contains("ForgottenTest.openAnotherAndForget(");
    }

    private void openAnotherAndForget() {
        thalweg.stream(MODEL, "Hello").iterator().next();
    }
}
