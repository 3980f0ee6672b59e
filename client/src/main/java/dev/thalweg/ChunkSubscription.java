package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One stream on a virtual thread of its own, which reads and signals. It reads one chunk ahead of the demand, so that the
 * end and failures need none. What the subscriber says only changes what is guarded by the lock and wakes the thread;
 * the lock is never held while the subscriber is told something.
 */
final class ChunkSubscription implements Flow.Subscription {
    private static final System.Logger LOGGER = System.getLogger("dev.thalweg");

    private final Supplier<ChatStream> opening;
    private final Flow.Subscriber<? super ChatChunk> subscriber;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long demand;
    private boolean cancelled;
    private boolean refused;
    private boolean isOpening;
    private @Nullable ChatStream stream;

    ChunkSubscription(
            Supplier<ChatStream> opening,
            UnaryOperator<Runnable> carry,
            Flow.Subscriber<? super ChatChunk> subscriber) {
        this.opening = opening;
        this.subscriber = subscriber;
        this.thread = Thread.ofVirtual().name("thalweg-publisher").unstarted(carry.apply(this::run));
    }

    /** Hands the subscription over and starts; a subscriber that cancels at once has asked nobody. */
    void begin() {
        if (tell("onSubscribe", () -> subscriber.onSubscribe(this))) {
            thread.start();
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            stop(false);
            return;
        }
        lock.lock();
        try {
            demand = demand > Long.MAX_VALUE - n ? Long.MAX_VALUE : demand + n;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        stop(true);
    }

    /** Closes the upstream at once and wakes the thread: to end in silence, or to refuse what was requested. */
    private void stop(boolean silently) {
        ChatStream open;
        lock.lock();
        try {
            cancelled |= silently;
            refused |= !silently;
            open = stream;
            if (isOpening) {
                thread.interrupt();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }

    private void run() {
        Throwable failure = null;
        try (ChatStream open = open()) {
            if (open != null && !deliver(open)) {
                return;
            }
        } catch (Throwable e) {
            failure = e;
        }
        end(failure);
    }

    /** The open stream; null where it is not wanted any more. */
    private @Nullable ChatStream open() {
        lock.lock();
        try {
            if (stopped()) {
                return null;
            }
            isOpening = true;
        } finally {
            lock.unlock();
        }
        ChatStream opened = null;
        try {
            opened = opening.get();
        } finally {
            lock.lock();
            try {
                isOpening = false;
                stream = opened;
            } finally {
                lock.unlock();
            }
            boolean unusedInterrupt = Thread.interrupted();
        }
        return opened;
    }

    /** Passes the chunks on as they are wanted; false where the subscriber has failed. */
    private boolean deliver(ChatStream open) {
        Iterator<ChatChunk> chunks = open.iterator();
        while (!isStopped() && chunks.hasNext()) {
            ChatChunk chunk = chunks.next();
            if (takeDemand() && !tell("onNext", () -> subscriber.onNext(chunk))) {
                return false;
            }
        }
        return true;
    }

    /** Waits until a chunk is wanted; false where none is any more. */
    private boolean takeDemand() {
        lock.lock();
        try {
            while (demand == 0 && !stopped()) {
                changed.awaitUninterruptibly();
            }
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            return !stopped();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure) {
        Throwable told = failure;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            if (refused) {
                told = new IllegalArgumentException(
                        "Chunks were requested by a number that is not positive: request 1 or more (rule 3.9).");
            }
            cancelled = true;
            stream = null;
        } finally {
            lock.unlock();
        }
        if (told == null) {
            tell("onComplete", subscriber::onComplete);
        } else {
            Throwable error = told;
            tell("onError", () -> subscriber.onError(error));
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped();
        } finally {
            lock.unlock();
        }
    }

    private boolean stopped() {
        return cancelled || refused;
    }

    /** A subscriber may not throw (rule 2.13): one that does is not told anything more. False where it did. */
    private boolean tell(String signal, Runnable telling) {
        try {
            telling.run();
            return true;
        } catch (Throwable e) {
            cancel();
            // Its class alone: a message of the subscriber's may hold what the model said.
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A subscriber to a publisher of chunks threw "
                            + e.getClass().getName() + " from " + signal
                            + ", which no subscriber may; its subscription is cancelled.");
            return false;
        }
    }
}
