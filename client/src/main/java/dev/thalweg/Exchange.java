package dev.thalweg;

import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.route.RetryPolicy;
import dev.thalweg.core.stream.Clocks;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a target, again where that may help. All tries are over before the caller gets anything. Thread-safe. */
final class Exchange {
    private final HttpClient http;
    private final Targets targets;
    private final Options options;
    private final RetryPolicy policy;
    private final RetryPolicy restartPolicy;
    private volatile boolean closed;

    Exchange(HttpClient http, Targets targets, Options options) {
        this.http = http;
        this.targets = targets;
        this.options = options;
        this.policy = new RetryPolicy(options.retries());
        this.restartPolicy = new RetryPolicy(options.restarts());
    }

    /** An attempt that has succeeded so far, and its first chunk; null where the answer is whole without one. */
    record Opened(AnswerSource source, @Nullable ChatChunk first) {}

    /** What all attempts of a call have in common. */
    private record Call(Target target, HttpRequest sent, ChatRequest request, CloseSignal signal, long deadline) {
        long left() {
            return deadline == Clocks.NEVER ? Clocks.NEVER : deadline - System.nanoTime();
        }
    }

    /** Opens a stream and reads it up to its first chunk, so that an error there is still an error of the opening. */
    Opened stream(ChatRequest request) {
        CallLog log = CallLog.of(options.listener(), request, true);
        return log.opened(log.opening(() -> {
            Call call = call(request, log, true);
            Opened opened = open(call);
            return options.restarts() <= 0
                    ? opened
                    : new Opened(
                            new RestartingSource(
                                    opened.source(), call.signal(), (cause, attempt) -> restart(call, cause, attempt)),
                            opened.first());
        }));
    }

    /** The whole answer: a stream of one chunk, read to its end. */
    ChatResponse complete(ChatRequest request) {
        CallLog log = CallLog.of(options.listener(), request, false);
        Answer answer = log.opening(() -> {
            Call call = call(request, log, false);
            return retrying(call, () -> whole(call));
        });
        log.ended(null, answer.now(), true);
        return answer.now();
    }

    /** What is still running ends, and nothing is tried again. */
    void close() {
        closed = true;
        http.shutdownNow();
    }

    private Call call(ChatRequest request, CallLog log, boolean stream) {
        Target target = targets.find(request.model());
        log.provider(target.name());
        Duration total =
                stream ? options.timeouts().streamTotal() : options.timeouts().total();
        long deadline = total.isZero() ? Clocks.NEVER : System.nanoTime() + total.toNanos();
        return new Call(target, request(target, request, stream), request, new CloseSignal(), deadline);
    }

    private Opened open(Call call) {
        return retrying(call, () -> {
            Answer answer = new Answer(call.request());
            ChunkSource source = new ChunkSource(call.target(), options, true, call.deadline(), answer);
            call.signal().attempt(source);
            source.open(http, call.sent());
            return new Opened(source, source.next());
        });
    }

    private Answer whole(Call call) {
        Answer answer = new Answer(call.request());
        ChunkSource source = new ChunkSource(call.target(), options, false, call.deadline(), answer);
        source.open(http, call.sent());
        ChatChunk chunk = source.next();
        while (chunk != null) {
            chunk = source.next();
        }
        return answer;
    }

    /** The next attempt after one that broke when it had begun; empty where there is none. */
    private Optional<Opened> restart(Call call, ThalwegException cause, int attempt) {
        return waited(restartPolicy, call, cause, attempt) ? Optional.of(open(call)) : Optional.empty();
    }

    private <T> T retrying(Call call, Supplier<T> attempt) {
        int attempts = 1;
        while (true) {
            if (closed) {
                throw Failures.of(call.target()).clientClosed();
            }
            try {
                return attempt.get();
            } catch (ThalwegException e) {
                if (!waited(policy, call, e, attempts)) {
                    throw e;
                }
                attempts++;
            }
        }
    }

    /** Waits until it is time to try again; false where nothing is to be tried again. */
    private boolean waited(RetryPolicy by, Call call, ThalwegException failure, int attempts) {
        Optional<Duration> wait = by.next(
                attempts,
                failure.retryable() && !closed && !call.signal().closed(),
                failure.retryAfter().orElse(null),
                call.left(),
                ThreadLocalRandom.current().nextDouble());
        wait.ifPresent(time -> pause(time, call, failure));
        return wait.isPresent();
    }

    private static void pause(Duration wait, Call call, ThalwegException before) {
        @Nullable InterruptedException interrupted = null;
        try {
            call.signal().pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = e;
        }
        if (interrupted != null || call.signal().closed()) {
            ThalwegException cancelled = Failures.of(call.target())
                    .end(
                            StreamEnd.CALLER_GONE,
                            interrupted,
                            "",
                            before.partial().orElse(null));
            cancelled.addSuppressed(before);
            throw cancelled;
        }
    }

    private HttpRequest request(Target target, ChatRequest request, boolean stream) {
        byte[] body = RequestWriter.write(request, target.provider(), target.model(), stream);
        // Over plain http the client would offer h2c, which loses the body at vLLM and hangs LM Studio.
        boolean plain = target.uri().getScheme().equalsIgnoreCase("http");
        HttpRequest.Builder builder = HttpRequest.newBuilder(target.uri())
                .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .header("Content-Type", "application/json")
                .header("Accept", stream ? "text/event-stream, application/json" : "application/json")
                .header("User-Agent", "thalweg-java")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!target.keyHeader().isEmpty()) {
            builder.header(target.keyHeader(), target.keyValue());
        }
        return builder.build();
    }
}
