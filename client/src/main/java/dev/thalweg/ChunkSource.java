package dev.thalweg;

import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.Clocks;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: sends the request, checks the answer's head, and gives one chunk after the other until the answer ends.
 * It ends once: with null for a whole answer, or with an exception, and then the connection is closed. Blocks the
 * thread that reads and needs no other. Read by one thread at a time; {@link #abort} may be called by any.
 */
final class ChunkSource implements AnswerSource {
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    /** The end of a body comes right behind {@code [DONE]}: who waits for it finds the connection free for the next call. */
    private static final long LINGER_NANOS = 10_000_000;

    private final Target target;
    private final Failures failures;
    private final Options options;
    private final boolean stream;
    private final long deadline;
    private final Incoming incoming = new Incoming();
    private final Clocks clocks = new Clocks();
    private final Answer answer;
    private BooleanSupplier elsewhere = () -> false;
    private long failOverAt = Clocks.NEVER;
    private byte[] scratch = {};
    private final AtomicReference<@Nullable Runnable> atEnd = new AtomicReference<>();
    private @Nullable FrameReader frames;

    /**
     * An attempt that has not begun.
     *
     * @param stream whether a stream was asked for
     * @param deadline when the whole call's time is over, a {@link System#nanoTime}
     * @param answer what the chunks are added to
     */
    ChunkSource(Target target, Options options, boolean stream, long deadline, Answer answer) {
        this.target = target;
        this.failures = Failures.of(target);
        this.answer = answer;
        this.options = options;
        this.stream = stream;
        this.deadline = deadline;
    }

    /** Has this done once when it is over, however it ends. */
    void atEnd(Runnable action) {
        atEnd.set(action);
    }

    private void ended() {
        Runnable action = atEnd.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** Gives up after the limit of a first token that has an alternative, if there is one then. For an attempt at a stream. */
    void failOver(BooleanSupplier alternative) {
        Duration limit = options.timeouts().firstTokenFailover();
        if (!limit.isZero()) {
            elsewhere = alternative;
            failOverAt = System.nanoTime() + limit.toNanos();
        }
    }

    /** From now on it does not give up for somebody else. */
    void stay() {
        failOverAt = Clocks.NEVER;
    }

    /** Whether the answer itself has begun. */
    boolean answering() {
        FrameReader reader = frames;
        return reader != null && reader.answering();
    }

    /** Sends the request and waits for the answer's head; an answer with an error status throws. */
    void open(HttpClient http, HttpRequest request) {
        long now = System.nanoTime();
        if (deadline != Clocks.NEVER) {
            clocks.start(Clock.TOTAL, now, Math.max(1, deadline - now));
        }
        clocks.start(Clock.FIRST_BYTE, now, options.timeouts().firstByte().toNanos());
        if (stream) {
            clocks.start(Clock.FIRST_TOKEN, now, options.timeouts().firstToken().toNanos());
        }
        try {
            incoming.send(http, request);
            HttpResponse.ResponseInfo head = head();
            clocks.stop(Clock.FIRST_BYTE);
            failures.head(head);
            if (head.statusCode() / 100 != 2) {
                clocks.stopAttempt();
                ThalwegException failure = failures.status(head.statusCode(), errorBody());
                release();
                throw failure;
            }
            String contentType = head.headers().firstValue("content-type").orElse("");
            frames = new FrameReader(target.dialect(), target.framing(), contentType, stream, options);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public @Nullable ChatChunk next() {
        try {
            return next(Objects.requireNonNull(frames));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private @Nullable ChatChunk next(FrameReader reader) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the next chunk was read");
        }
        if (incoming.closed()) {
            throw fail(StreamEnd.CALLER_GONE, null);
        }
        alive();
        if (deadline != Clocks.NEVER && deadline - System.nanoTime() <= 0) {
            throw late(Clock.TOTAL);
        }
        @Nullable Throwable cause = null;
        // Clocks are asked only after a wait: what has come already counts, however slow its reader was.
        boolean waited = false;
        int blocks = reader.blocks();
        while (true) {
            ChatChunk chunk = reader.next();
            if (reader.blocks() != blocks) {
                blocks = reader.blocks();
                alive();
            }
            if (chunk != null) {
                if (reader.answering()) {
                    clocks.stop(Clock.FIRST_TOKEN);
                    stay();
                }
                answer.add(chunk, reader.whole());
                return chunk;
            }
            StreamEnd end = reader.end();
            if (end == StreamEnd.COMPLETE) {
                complete(reader);
                return null;
            }
            if (end != null) {
                throw fail(end, cause);
            }
            Clock expired = waited ? expired() : null;
            if (expired != null) {
                throw late(expired);
            }
            switch (incoming.await(Math.min(clocks.next(), failOverAt))) {
                case Incoming.Signal.Data data -> {
                    int length = copy(data.buffers());
                    reader.feed(scratch, length);
                    waited = true;
                }
                case Incoming.Signal.End theEnd -> {
                    reader.endOfBody(theEnd.failure() == null);
                    cause = theEnd.failure();
                }
                case Incoming.Signal.Closed closed -> throw fail(StreamEnd.CALLER_GONE, null);
                case Incoming.Signal.Head head -> {}
                case Incoming.Signal.TimedOut timedOut -> waited = true;
            }
        }
    }

    private @Nullable Clock expired() {
        long now = System.nanoTime();
        Clock first = clocks.expired(now);
        if (first == null && failOverAt != Clocks.NEVER && failOverAt - now <= 0) {
            stay();
            return elsewhere.getAsBoolean() ? Clock.FIRST_TOKEN : null;
        }
        return first;
    }

    /** A sign of life: the idle clock begins anew. Only a stream has one, and before its first content the first token's. */
    private void alive() {
        if (stream && answering()) {
            clocks.start(
                    Clock.IDLE, System.nanoTime(), options.timeouts().idle().toNanos());
        }
    }

    private void complete(FrameReader reader) {
        answer.complete();
        if (reader.bodyEnded()) {
            release();
        } else {
            incoming.drain(LINGER_NANOS);
            reader.close();
            ended();
        }
    }

    private HttpResponse.ResponseInfo head() throws InterruptedException {
        while (true) {
            switch (incoming.await(Math.min(clocks.next(), failOverAt))) {
                case Incoming.Signal.Head head -> {
                    return head.info();
                }
                case Incoming.Signal.End end -> {
                    Throwable failure = end.failure();
                    release();
                    throw failures.unreachable(failure == null ? new IOException("the answer has no head") : failure);
                }
                case Incoming.Signal.Closed closed -> throw fail(StreamEnd.CALLER_GONE, null);
                case Incoming.Signal.Data data -> {}
                case Incoming.Signal.TimedOut timedOut -> {
                    Clock expired = expired();
                    if (expired != null) {
                        throw late(expired);
                    }
                }
            }
        }
    }

    /** What comes of an error's body; a body that breaks off or hangs is an error all the same. */
    private byte[] errorBody() throws InterruptedException {
        clocks.start(Clock.IDLE, System.nanoTime(), options.timeouts().idle().toNanos());
        ByteBuilder body = new ByteBuilder(1024);
        while (body.length() < MAX_ERROR_BYTES
                && incoming.await(clocks.next()) instanceof Incoming.Signal.Data(List<ByteBuffer> buffers)) {
            int length = copy(buffers);
            body.append(scratch, 0, length);
        }
        return body.toBytes();
    }

    /** Copies what came into the scratch array: the client's buffers are read-only. */
    private int copy(List<ByteBuffer> buffers) {
        int length = 0;
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        if (scratch.length < length) {
            // No larger than what comes: thousands of streams hold one each. The next power of two.
            scratch = new byte[Math.max(512, Integer.highestOneBit(length - 1) << 1)];
        }
        int offset = 0;
        for (ByteBuffer buffer : buffers) {
            int count = buffer.remaining();
            buffer.get(scratch, offset, count);
            offset += count;
        }
        return length;
    }

    private ThalwegException interrupted(InterruptedException e) {
        ThalwegException failure = fail(StreamEnd.CALLER_GONE, e);
        Thread.currentThread().interrupt();
        return failure;
    }

    private ThalwegException late(Clock clock) {
        release();
        return failures.late(clock, null, partial());
    }

    private ThalwegException fail(StreamEnd end, @Nullable Throwable cause) {
        release();
        FrameReader reader = frames;
        String offending = reader == null ? "" : reader.offending();
        if (end == StreamEnd.UPSTREAM_ERROR && reader != null) {
            return failures.inside(reader.error(), offending, partial());
        }
        if (end == StreamEnd.LOOP && reader != null) {
            return failures.loop(reader.loop(), partial());
        }
        return failures.end(end, cause, offending, partial());
    }

    private @Nullable ChatResponse partial() {
        return answer.partial();
    }

    @Override
    public Answer answer() {
        return answer;
    }

    @Override
    public void abort() {
        incoming.close();
    }

    @Override
    public boolean aborted() {
        return incoming.closed();
    }

    @Override
    public void release() {
        incoming.close();
        answer.over();
        ended();
        if (frames != null) {
            frames.close();
        }
    }
}
