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
    private final Options options;
    private final RetryPolicy policy;

    Exchange(HttpClient http, Options options) {
        this.http = http;
        this.options = options;
        this.policy = new RetryPolicy(options.retries());
    }

    /** An attempt that has succeeded so far, and its first chunk; null where the answer is whole without one. */
    record Opened(AnswerSource source, @Nullable ChatChunk first) {}

    /** Opens a stream and reads it up to its first chunk, so that an error there is still an error of the opening. */
    Opened stream(Target target, ChatRequest request) {
        HttpRequest sent = request(target, request, true);
        CallLog log = CallLog.of(options.listener(), target.name(), request, true);
        CloseSignal signal = new CloseSignal();
        long deadline = deadline(options.timeouts().streamTotal());
        Answer answer = new Answer(request);
        Opened opened = log.opening(answer, () -> open(target, sent, answer, signal, deadline));
        AnswerSource source = options.restarts() == 0
                ? opened.source()
                : new RestartingSource(
                        opened.source(),
                        signal,
                        options.restarts(),
                        () -> open(target, sent, answer, signal, deadline));
        return log.opened(source, opened.first());
    }

    private Opened open(Target target, HttpRequest sent, Answer answer, CloseSignal signal, long deadline) {
        return retrying(target, deadline, signal, () -> {
            ChunkSource source = new ChunkSource(target, options, true, deadline, answer);
            signal.attempt(source);
            source.open(http, sent);
            return new Opened(source, source.next());
        });
    }

    /** The whole answer: a stream of one chunk, read to its end. */
    ChatResponse complete(Target target, ChatRequest request) {
        HttpRequest sent = request(target, request, false);
        CallLog log = CallLog.of(options.listener(), target.name(), request, false);
        long deadline = deadline(options.timeouts().total());
        Answer answer = log.opening(
                new Answer(request),
                () -> retrying(target, deadline, new CloseSignal(), () -> whole(target, sent, request, deadline)));
        log.ended(null, answer.now(), true);
        return answer.now();
    }

    private Answer whole(Target target, HttpRequest sent, ChatRequest request, long deadline) {
        Answer answer = new Answer(request);
        ChunkSource source = new ChunkSource(target, options, false, deadline, answer);
        source.open(http, sent);
        ChatChunk chunk = source.next();
        while (chunk != null) {
            chunk = source.next();
        }
        return answer;
    }

    private static long deadline(Duration total) {
        return total.isZero() ? Clocks.NEVER : System.nanoTime() + total.toNanos();
    }

    private <T> T retrying(Target target, long deadline, CloseSignal signal, Supplier<T> attempt) {
        int attempts = 1;
        while (true) {
            try {
                return attempt.get();
            } catch (ThalwegException e) {
                long left = deadline == Clocks.NEVER ? Clocks.NEVER : deadline - System.nanoTime();
                Optional<Duration> wait = policy.next(
                        attempts,
                        e.retryable() && !http.isTerminated() && !signal.closed(),
                        e.retryAfter().orElse(null),
                        left,
                        ThreadLocalRandom.current().nextDouble());
                if (wait.isEmpty()) {
                    throw e;
                }
                pause(wait.get(), signal, target, e);
                attempts++;
            }
        }
    }

    private static void pause(Duration wait, CloseSignal signal, Target target, ThalwegException before) {
        @Nullable InterruptedException interrupted = null;
        try {
            signal.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = e;
        }
        if (interrupted != null || signal.closed()) {
            ThalwegException cancelled = Failures.of(target).end(StreamEnd.CALLER_GONE, interrupted, "", null);
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
