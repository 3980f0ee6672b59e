package dev.thalweg.tool;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ErrorDetails;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a close reaches while the stages of a run come and go: the one that runs now. Thread-safe. */
final class StopSwitch {
    private final ReentrantLock lock = new ReentrantLock();
    private boolean stopped;
    private @Nullable Runnable running;

    /** From now on this is what ends what runs; after a stop it is run at once. */
    void running(Runnable end) {
        lock.lock();
        try {
            running = end;
            if (!stopped) {
                return;
            }
        } finally {
            lock.unlock();
        }
        end.run();
    }

    void stop() {
        @Nullable Runnable end;
        lock.lock();
        try {
            end = stopped ? null : running;
            stopped = true;
        } finally {
            lock.unlock();
        }
        if (end != null) {
            end.run();
        }
    }

    boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** What the reader of something that was stopped gets. */
    static CancelledException cancelled(String what, @Nullable Throwable cause) {
        return new CancelledException(ErrorDetails.builder(what)
                .status(499)
                .type("cancelled")
                .code("cancelled")
                .cause(cause)
                .build());
    }

    /** The same for a reader that was interrupted, whose flag stays. */
    static CancelledException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return cancelled("The thread that waited was interrupted: what it waited for was stopped.", e);
    }
}
