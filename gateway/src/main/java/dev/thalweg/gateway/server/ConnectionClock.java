package dev.thalweg.gateway.server;

import dev.thalweg.config.Settings;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller's connection waits for, and for how long. It waits for one thing at a time. */
final class ConnectionClock {
    private static final long DISCARD_TURN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_DISCARD_TURNS = 6;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(75);

    private final Supplier<Settings> settings;
    private @Nullable Future<?> timer;
    private boolean resting;
    private boolean progress;
    private int turns;
    private long unsent;

    /** A clock by the settings in force at the time: a connection may rest through many configurations. */
    ConnectionClock(Supplier<Settings> settings) {
        this.settings = settings;
    }

    void stop() {
        resting = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    boolean running() {
        return timer != null;
    }

    /** Waits for a whole head. */
    void awaitHead(ChannelHandlerContext ctx) {
        closeIn(ctx, settings.get().headerTimeout().toNanos());
    }

    /** Waits for the first byte of another head, which may take longer. */
    void rest(ChannelHandlerContext ctx) {
        closeIn(ctx, REST_NANOS);
        resting = true;
    }

    /** Something came that is no whole head yet: the rest is over, and what is left of the head has its time. */
    void partOfHead(ChannelHandlerContext ctx) {
        if (resting) {
            awaitHead(ctx);
        }
    }

    /** Waits for a body, which has to go on: {@link ServerContext#MIN_BODY_PROGRESS} bytes within each turn. */
    void awaitBody(ChannelHandlerContext ctx, IncomingBody body, Runnable tooSlow) {
        everyTurn(ctx, settings.get().bodyTimeout().toNanos(), () -> {
            if (body.tooSlow()) {
                tooSlow.run();
            }
        });
    }

    /** Waits for the end of what is thrown away, as long as it goes on, and not for ever. */
    void awaitDiscarded(ChannelHandlerContext ctx) {
        turns = 0;
        progress = false;
        everyTurn(ctx, Math.min(DISCARD_TURN_NANOS, settings.get().bodyTimeout().toNanos()), () -> {
            turns++;
            if (!progress || turns >= MOST_DISCARD_TURNS) {
                ctx.close();
            }
            progress = false;
        });
    }

    /** More of what is thrown away has come. */
    void discarded() {
        progress = true;
    }

    /** Waits for the caller to take what is sent to him: some of it within each turn. */
    void awaitSent(ChannelHandlerContext ctx) {
        unsent = ctx.channel().bytesBeforeWritable();
        everyTurn(ctx, REST_NANOS, () -> {
            long left = ctx.channel().bytesBeforeWritable();
            if (left == 0 || left >= unsent) {
                ctx.close();
            }
            unsent = left;
        });
    }

    private void closeIn(ChannelHandlerContext ctx, long nanos) {
        stop();
        timer = ctx.executor().schedule(() -> ctx.close(), nanos, TimeUnit.NANOSECONDS);
    }

    private void everyTurn(ChannelHandlerContext ctx, long nanos, Runnable task) {
        stop();
        timer = ctx.executor().scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
    }
}
