package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls: each follows its plan from attempt to attempt. All attempts are over before the caller gets anything.
 * Thread-safe.
 */
final class Exchange {
    private final HttpClient http;
    private final Targets targets;
    private final Router router;
    private final Options options;
    private final Supplier<? extends RandomGenerator> random;
    private final Pauses pauses = new Pauses();

    Exchange(
            HttpClient http,
            Targets targets,
            Router router,
            Options options,
            Supplier<? extends RandomGenerator> random) {
        this.http = http;
        this.targets = targets;
        this.router = router;
        this.options = options;
        this.random = random;
    }

    /** An attempt that has succeeded so far, and its first chunk; null where the answer is whole without one. */
    record Opened(AnswerSource source, @Nullable ChatChunk first) {}

    /** Opens a stream and reads it up to its first chunk, so that an error there is still an error of the opening. */
    Opened stream(ChatRequest request) {
        CallLog log = CallLog.of(options.listeners(), request, true);
        return log.opened(log.opening(() -> new Call(this, request, log, true).stream()));
    }

    /** The whole answer. */
    ChatResponse complete(ChatRequest request) {
        CallLog log = CallLog.of(options.listeners(), request, false);
        Answer answer = log.opening(() -> new Call(this, request, log, false).whole());
        log.complete(answer.now());
        return answer.now();
    }

    /** What is still running or waiting ends, and nothing is tried again. */
    void close() {
        pauses.close();
        http.shutdownNow();
    }

    // What calls ask.

    HttpClient http() {
        return http;
    }

    Targets targets() {
        return targets;
    }

    Router router() {
        return router;
    }

    Options options() {
        return options;
    }

    Pauses pauses() {
        return pauses;
    }

    RandomGenerator random() {
        return random.get();
    }
}
