package dev.thalweg.gateway.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connections from one event loop to one address. The one used last is used first, so that a quiet pool shrinks. Not
 * thread-safe: it never leaves its loop.
 */
final class UpstreamPool {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(55);

    private final Address address;
    private final EventLoop loop;
    private final Connector connector;
    private final Consumer<UpstreamPool> drained;
    private final Future<?> cleaning;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<HttpAttempt> waiting = new ArrayDeque<>();
    private boolean kept;
    private int limit;
    private int open;

    /**
     * An empty pool.
     *
     * @param kept whether a connection stays open between two answers
     * @param limit how many connections are allowed
     * @param drained what happens when nothing is left of a pool that is not kept
     */
    UpstreamPool(
            Address address,
            EventLoop loop,
            Connector connector,
            boolean kept,
            int limit,
            Consumer<UpstreamPool> drained) {
        this.address = address;
        this.loop = loop;
        this.connector = connector;
        this.kept = kept;
        this.limit = limit;
        this.drained = drained;
        this.cleaning = loop.scheduleWithFixedDelay(this::closeOld, 20, 20, TimeUnit.SECONDS);
    }

    Address address() {
        return address;
    }

    /** Another configuration: whether connections are still kept, and how many there may be. */
    void keep(boolean stays, int most) {
        kept = stays;
        limit = most;
        int surplus = kept ? open - limit : open;
        for (; surplus > 0 && !idle.isEmpty(); surplus--) {
            idle.removeFirst().close();
        }
        connectForWaiting();
        leaveWhenDrained();
    }

    /** Gives the attempt a connection: at once, when one is made, or when one comes free. */
    void acquire(HttpAttempt attempt, boolean fresh) {
        while (!fresh && !idle.isEmpty()) {
            UpstreamConnection connection = idle.removeLast();
            if (connection.usable()) {
                attempt.use(connection);
                return;
            }
        }
        if (open < limit) {
            connect(attempt);
        } else {
            waiting.addLast(attempt);
            attempt.waits();
        }
    }

    /** The attempt does not wait any more. */
    void forget(HttpAttempt attempt) {
        waiting.remove(attempt);
        leaveWhenDrained();
    }

    /** A connection has served its answer and can serve another. */
    void free(UpstreamConnection connection) {
        HttpAttempt next = open > limit ? null : waiting.pollFirst();
        if (next != null) {
            next.use(connection);
        } else if (kept && open <= limit) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    /** A connection is closed. */
    void closed(UpstreamConnection connection) {
        open--;
        idle.remove(connection);
        connectForWaiting();
        leaveWhenDrained();
    }

    private void connectForWaiting() {
        while (open < limit && !waiting.isEmpty()) {
            connect(waiting.removeFirst());
        }
    }

    private void leaveWhenDrained() {
        if (!kept && open == 0 && waiting.isEmpty()) {
            cleaning.cancel(false);
            drained.accept(this);
        }
    }

    private void connect(HttpAttempt attempt) {
        open++;
        attempt.connects(connector.connect(address, loop, new Connector.Result() {
            @Override
            public void connected(Channel channel) {
                UpstreamConnection connection = new UpstreamConnection(channel, UpstreamPool.this);
                channel.pipeline().addLast("upstream", connection);
                attempt.use(connection);
            }

            @Override
            public void failed(String reason) {
                notConnected();
                attempt.unreachable(reason);
            }
        }));
    }

    /** A connection that was on its way will not come. */
    void notConnected() {
        open--;
        connectForWaiting();
        leaveWhenDrained();
    }

    private void closeOld() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.peekFirst().idleSince() > KEPT_NANOS) {
            idle.removeFirst().close();
        }
    }
}
