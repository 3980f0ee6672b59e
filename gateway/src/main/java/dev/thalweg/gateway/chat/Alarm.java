package dev.thalweg.gateway.chat;

import dev.thalweg.core.stream.Clocks;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all the deadlines of an exchange. It is set to the earliest; when that moves on, it rings too early, and
 * whoever it wakes just sets it again: that is cheaper than moving it with every event.
 */
final class Alarm {
    private static final long START = System.nanoTime();

    private final EventLoop loop;
    private final Runnable wake;
    private @Nullable Future<?> timer;
    private long ringsAt = Clocks.NEVER;

    Alarm(EventLoop loop, Runnable wake) {
        this.loop = loop;
        this.wake = wake;
    }

    /** Monotonic nanoseconds since this process started. */
    static long now() {
        return System.nanoTime() - START;
    }

    /** Rings at this time or before it. */
    void ringBy(long time) {
        if (time >= ringsAt) {
            return;
        }
        stop();
        ringsAt = time;
        timer = loop.schedule(this::ring, Math.max(0, time - now()), TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        ringsAt = Clocks.NEVER;
    }

    private void ring() {
        timer = null;
        ringsAt = Clocks.NEVER;
        wake.run();
    }
}
