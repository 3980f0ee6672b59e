package dev.thalweg.gateway.server;

import dev.thalweg.config.Durations;
import dev.thalweg.gateway.chat.ChatService;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The way a gateway goes, in steps: it says that it is leaving and still serves; it closes its port and lets running
 * requests finish; it ends what is left. Thread-safe.
 */
final class Shutdown {
    /** What the last words to callers get to be sent. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ServerContext context;
    private final Channel listener;
    private final ChatService chat;
    private final ChannelGroup connections;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean hurried;

    Shutdown(ServerContext context, Channel listener) {
        this.context = context;
        this.listener = listener;
        this.chat = context.chat();
        this.connections = context.connections();
    }

    /** Is not ready any more, still serves everyone for the shutdown delay, and asks them to use other connections. */
    void leave(Consumer<String> log) {
        Duration delay = context.snapshot().settings().shutdownDelay();
        context.leave();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(CallerConnection.LEAVE));
        if (!delay.isZero()) {
            log.accept("Leaving: readiness fails, and requests are still served for " + Durations.text(delay)
                    + " (shutdown_delay).");
            await(delay, () -> hurried);
        }
    }

    /**
     * Takes nothing new, waits for running requests, ends the rest.
     *
     * @return whether this did it; false where it was done before
     */
    boolean close(Consumer<String> log) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        Duration limit = context.snapshot().settings().shutdownTimeout();
        int running = chat.running();
        log.accept("Stopping: the port closes; " + running + " requests are under way"
                + (running == 0 ? "." : ", with " + Durations.text(limit) + " to finish (shutdown_timeout)."));
        context.drain();
        listener.close().syncUninterruptibly();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(CallerConnection.DRAIN));
        await(limit, () -> connections.isEmpty() || hurried);
        int left = chat.running();
        if (left > 0) {
            log.accept("Ending " + left + " requests that have not finished.");
        }
        chat.shutDown();
        await(LAST_WORDS, connections::isEmpty);
        return true;
    }

    /** Ends the waiting of both. */
    void hurry() {
        hurried = true;
    }

    private static void await(Duration limit, BooleanSupplier enough) {
        long end = System.nanoTime() + limit.toNanos();
        while (!enough.getAsBoolean() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
