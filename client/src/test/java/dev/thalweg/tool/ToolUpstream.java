package dev.thalweg.tool;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the tests of the loop begin with: a model on a socket that wants tools called, and a client that asks it. */
abstract class ToolUpstream {
    static final Duration SOON = Duration.ofSeconds(5);
    static final ChatRequest QUESTION = ChatRequest.of("openai/gpt-4o-mini", "How is the weather?");

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final Thalweg thalweg = Thalweg.builder()
            .environment(Map.of("OPENAI_API_KEY", "sk-test-1234567890", "OPENAI_BASE_URL", upstream.url()))
            .retries(0)
            .build();

    @AfterEach
    void stop() {
        thalweg.close();
        upstream.close();
    }

    static ToolFunction tool(String name, ToolFunction.Body body) {
        return ToolFunction.of(ToolSpec.of(name, "Does " + name), body);
    }

    /** An answer that wants this tool called once. */
    static Script calls(String id, String name, String arguments) {
        return OpenAiScripts.streaming()
                .toolCall(id, name, arguments)
                .usage(10, 5)
                .build();
    }

    static Script says(String... pieces) {
        return OpenAiScripts.streaming().text(pieces).usage(20, 7).build();
    }

    String nextRequest() {
        return upstream.takeRequest(SOON).bodyText();
    }

    RecordedRequest take() {
        return upstream.takeRequest(SOON);
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
                    + task.orTimeout(5, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
