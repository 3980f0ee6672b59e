package dev.thalweg;

import dev.thalweg.core.stream.Clocks;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way and the answer coming in: the HTTP client's threads put in, one reader takes out.
 *
 * <p>All that can happen (the head, bytes, the end, a failure, a close) is a signal on one queue, so that the reader waits
 * in one place with one deadline and no other thread has to watch it. One read is asked for at a time: a reader that is
 * slow slows the upstream down. The lock is never held while anything waits, so {@link #close} returns at once from any
 * thread.
 */
final class Incoming implements HttpResponse.BodyHandler<Incoming>, HttpResponse.BodySubscriber<Incoming> {
    private static final long DRAIN_MILLIS = 1_000;

    /** What the reader can be told. */
    sealed interface Signal {
        /** The answer's status and headers. */
        record Head(HttpResponse.ResponseInfo info) implements Signal {}

        /** The next bytes of the body. */
        record Data(List<ByteBuffer> buffers) implements Signal {}

        /** The end: as the body's framing says it should be, or by this failure. */
        record End(@Nullable Throwable failure) implements Signal {}

        /** {@link Incoming#close} was called. */
        record Closed() implements Signal {}

        /** The deadline has passed. */
        record TimedOut() implements Signal {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Signal> signals = new ArrayDeque<>();
    private @Nullable CompletableFuture<?> exchange;
    private volatile Flow.@Nullable Subscription subscription;
    private boolean ended;
    private boolean draining;
    private volatile boolean closed;

    /** Sends the request. What becomes of it is told by {@link #await}. */
    void send(HttpClient http, HttpRequest request) {
        send(http, request, this);
    }

    /** The same with what is to be done when the head has come. */
    void send(HttpClient http, HttpRequest request, HttpResponse.BodyHandler<Incoming> atHead) {
        CompletableFuture<HttpResponse<Incoming>> sent = http.sendAsync(request, atHead);
        lock.lock();
        try {
            exchange = sent;
        } finally {
            lock.unlock();
        }
        CompletableFuture<?> unused = sent.whenComplete((response, failure) -> {
            if (failure != null) {
                end(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
        if (closed) {
            sent.cancel(true);
        }
    }

    /** Waits for the next signal until the deadline, a {@link System#nanoTime}. What has come already comes first. */
    Signal await(long deadline) throws InterruptedException {
        Signal signal = take(deadline);
        Flow.Subscription source = subscription;
        if (signal instanceof Signal.Data && source != null) {
            source.request(1);
        }
        return signal;
    }

    private Signal take(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (closed) {
                    return new Signal.Closed();
                }
                Signal next = signals.poll();
                if (next != null) {
                    return next;
                }
                if (deadline == Clocks.NEVER) {
                    changed.await();
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return new Signal.TimedOut();
                    }
                    long unused = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} was called. */
    boolean closed() {
        return closed;
    }

    /** Aborts the exchange and wakes the reader. Any thread may call it, any number of times. */
    void close() {
        CompletableFuture<?> sent;
        Flow.Subscription source;
        lock.lock();
        try {
            closed = true;
            signals.clear();
            changed.signalAll();
            // After the end the connection may serve another request already: it is not closed any more.
            sent = ended ? null : exchange;
            source = ended ? null : subscription;
        } finally {
            lock.unlock();
        }
        if (source != null) {
            source.cancel();
        }
        if (sent != null) {
            sent.cancel(true);
        }
    }

    /**
     * Nothing more is wanted, but the body is read to its end, so that the connection can serve another request: for a
     * short time by waiting for it, then beside the caller. A server that does not end it within a second loses the
     * connection.
     */
    void drain(long lingerNanos) {
        long deadline = System.nanoTime() + lingerNanos;
        Flow.Subscription source = subscription;
        lock.lock();
        try {
            signals.clear();
            draining = true;
        } finally {
            lock.unlock();
        }
        if (source != null) {
            source.request(1);
        }
        lock.lock();
        try {
            while (!ended && !closed && changed.awaitNanos(deadline - System.nanoTime()) > 0) {
                // Woken before the end: waits on.
            }
            if (ended || closed) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        CompletableFuture.delayedExecutor(DRAIN_MILLIS, TimeUnit.MILLISECONDS).execute(this::close);
    }

    @Override
    public HttpResponse.BodySubscriber<Incoming> apply(HttpResponse.ResponseInfo info) {
        put(new Signal.Head(info));
        return this;
    }

    /** Complete at once: the response is of no use to anybody, the reader is told all it needs. */
    @Override
    public CompletionStage<Incoming> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        lock.lock();
        try {
            subscription = source;
        } finally {
            lock.unlock();
        }
        if (closed) {
            source.cancel();
        } else {
            source.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (!put(new Signal.Data(buffers))) {
            Flow.Subscription source = subscription;
            if (source != null) {
                source.request(1);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                put(new Signal.End(failure));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** False where nobody wants it any more. */
    private boolean put(Signal signal) {
        lock.lock();
        try {
            if (closed || draining) {
                return false;
            }
            signals.add(signal);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
