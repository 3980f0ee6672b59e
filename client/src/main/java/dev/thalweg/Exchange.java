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
import java.util.function.LongFunction;
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
    record Opened(ChunkSource source, @Nullable ChatChunk first) {}

    /** Opens a stream and reads it up to its first chunk, so that an error there is still an error of the opening. */
    Opened stream(Target target, ChatRequest request) {
        HttpRequest sent = request(target, request, true);
        return retrying(target, options.timeouts().streamTotal(), deadline -> {
            ChunkSource source = new ChunkSource(target, options, true, deadline);
            source.open(http, sent);
            return new Opened(source, source.next());
        });
    }

    /** The whole answer: a stream of one chunk, read to its end. */
    ChatResponse complete(Target target, ChatRequest request) {
        HttpRequest sent = request(target, request, false);
        return retrying(target, options.timeouts().total(), deadline -> {
            ChunkSource source = new ChunkSource(target, options, false, deadline);
            source.open(http, sent);
            ChatChunk chunk = source.next();
            while (chunk != null) {
                chunk = source.next();
            }
            return source.answer().now();
        });
    }

    private <T> T retrying(Target target, Duration total, LongFunction<T> attempt) {
        long deadline = total.isZero() ? Clocks.NEVER : System.nanoTime() + total.toNanos();
        int attempts = 1;
        while (true) {
            try {
                return attempt.apply(deadline);
            } catch (ThalwegException e) {
                long left = deadline == Clocks.NEVER ? Clocks.NEVER : deadline - System.nanoTime();
                Optional<Duration> wait = policy.next(
                        attempts,
                        e.retryable() && !http.isTerminated(),
                        e.retryAfter().orElse(null),
                        left,
                        ThreadLocalRandom.current().nextDouble());
                if (wait.isEmpty()) {
                    throw e;
                }
                pause(wait.get(), target, e);
                attempts++;
            }
        }
    }

    private static void pause(Duration wait, Target target, ThalwegException before) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ThalwegException cancelled = new Failures(target).end(StreamEnd.CALLER_GONE, e, "", null);
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
