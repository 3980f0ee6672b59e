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
    private final ConnectionLimit connections;
    private final Pauses pauses;

    Exchange(
            HttpClient http,
            Targets targets,
            Router router,
            Options options,
            Supplier<? extends RandomGenerator> random,
            ConnectionLimit connections) {
        this(http, targets, router, options, random, connections, new Pauses());
    }

    private Exchange(
            HttpClient http,
            Targets targets,
            Router router,
            Options options,
            Supplier<? extends RandomGenerator> random,
            ConnectionLimit connections,
            Pauses pauses) {
        this.connections = connections;
        this.pauses = pauses;
        this.http = http;
        this.targets = targets;
        this.router = router;
        this.options = options;
        this.random = random;
    }

    /** The same with these options: connections, and what is known of deployments, are shared. */
    Exchange with(CallOptions more) {
        return new Exchange(http, targets, router, options.with(more), random, connections, pauses);
    }

    /** An attempt that has succeeded so far, and its first chunk; null where the answer is whole without one. */
    record Opened(AnswerSource source, @Nullable ChatChunk first) {}

    /** Opens a stream and reads it up to its first chunk, so that an error there is still an error of the opening. */
    Opened stream(ChatRequest request) {
        CallLog log = CallLog.of(options, request, true);
        return log.opened(log.opening(() -> new Call(this, request, log, true).stream()));
    }

    /** The whole answer. */
    ChatResponse complete(ChatRequest request) {
        CallLog log = CallLog.of(options, request, false);
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

    ConnectionLimit connections() {
        return connections;
    }

    Pauses pauses() {
        return pauses;
    }

    RandomGenerator random() {
        return random.get();
    }
}
