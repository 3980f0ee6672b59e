package dev.thalweg;

import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;

/** What all tests of the SDK on real sockets begin with: an upstream, and a client that asks it. */
abstract class SdkTest {
    static final Duration SOON = Duration.ofSeconds(5);
    static final String MODEL = "openai/gpt-4o-mini";

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    Thalweg thalweg = client().build();

    @AfterEach
    void stop() {
        thalweg.close();
        upstream.close();
    }

    /** A client whose {@code openai} is the upstream, and which does not try again. */
    final Thalweg.Builder client() {
        return Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-test-1234567890", "OPENAI_BASE_URL", upstream.url()))
                .retries(0);
    }

    final ChatStream stream() {
        return thalweg.stream(MODEL, "Hello");
    }

    static String read(ChatStream stream) {
        StringBuilder text = new StringBuilder();
        stream.forEach(chunk -> text.append(chunk.content()));
        return text.toString();
    }

    /** Runs on a virtual thread of its own. */
    static <T> CompletableFuture<T> background(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    static Throwable failureOf(CompletableFuture<?> task) {
        try {
            throw new AssertionError("did not fail but gave "
                    + task.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
