package dev.thalweg;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a blocking call that runs on a virtual thread of its own. Whoever completes this future, or a stage made
 * of it, before the call does has no use for the call: its thread is interrupted, which closes its connection, and the
 * future it began with is cancelled, so that every other stage ends, too. Thread-safe.
 */
final class CallFuture<T> extends CompletableFuture<T> {
    private final Call call;

    private CallFuture(Call call) {
        this.call = call;
    }

    /**
     * Begins to work.
     *
     * @param carry what this thread gives the work to take along
     */
    static <T> CompletableFuture<T> of(Supplier<T> work, UnaryOperator<Runnable> carry) {
        Call call = new Call();
        CallFuture<T> future = new CallFuture<>(call);
        Thread thread = Thread.ofVirtual().name("thalweg-call").unstarted(carry.apply(() -> future.run(work)));
        call.begin(thread, future);
        thread.start();
        return future;
    }

    private void run(Supplier<T> work) {
        if (call.over()) {
            return;
        }
        try {
            T answer = work.get();
            if (call.end()) {
                super.complete(answer);
            }
        } catch (Throwable e) {
            if (call.end()) {
                super.completeExceptionally(e);
            }
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(call);
    }

    /** Where {@code thenApplyAsync} and its like run: they may block, too. */
    @Override
    public Executor defaultExecutor() {
        return Thread::startVirtualThread;
    }

    // The call is aborted first: completing runs whatever depends on it, and that may take its time.

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        CallFuture<?> first = call.abort();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        cancelFirst(first);
        return cancelled;
    }

    @Override
    public boolean complete(T value) {
        CallFuture<?> first = call.abort();
        boolean completed = super.complete(value);
        cancelFirst(first);
        return completed;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        CallFuture<?> first = call.abort();
        boolean completed = super.completeExceptionally(failure);
        cancelFirst(first);
        return completed;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable e) {
                completeExceptionally(e);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(T value) {
        CallFuture<?> first = call.abort();
        super.obtrudeValue(value);
        cancelFirst(first);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        CallFuture<?> first = call.abort();
        super.obtrudeException(failure);
        cancelFirst(first);
    }

    private static void cancelFirst(@Nullable CallFuture<?> first) {
        if (first != null) {
            first.cancelOnly();
        }
    }

    private void cancelOnly() {
        super.cancel(true);
    }

    /** What a future and its stages share, as long as the call runs; after it they hold neither thread nor request. */
    private static final class Call {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Thread thread;
        private @Nullable CallFuture<?> first;

        void begin(Thread begun, CallFuture<?> future) {
            lock.lock();
            try {
                thread = begun;
                first = future;
            } finally {
                lock.unlock();
            }
        }

        boolean over() {
            lock.lock();
            try {
                return thread == null;
            } finally {
                lock.unlock();
            }
        }

        /** The call has ended by itself: no interrupt comes any more. False where it was aborted. */
        boolean end() {
            return take(false) != null;
        }

        /** Interrupts the call and gives the future it began with; null where it is over. */
        @Nullable
        CallFuture<?> abort() {
            return take(true);
        }

        private @Nullable CallFuture<?> take(boolean interrupt) {
            lock.lock();
            try {
                CallFuture<?> taken = first;
                if (interrupt && thread != null) {
                    thread.interrupt();
                }
                thread = null;
                first = null;
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
