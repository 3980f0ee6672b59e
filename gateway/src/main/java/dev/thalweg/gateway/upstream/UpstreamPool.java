package dev.thalweg.gateway.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The connections from one event loop to one address. The one used last is used first, so that a quiet pool shrinks. Not
 * thread-safe: it never leaves its loop.
 */
final class UpstreamPool {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(55);

    private final Address address;
    private final EventLoop loop;
    private final Connector connector;
    private final int limit;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<HttpAttempt> waiting = new ArrayDeque<>();
    private int open;

    UpstreamPool(Address address, EventLoop loop, Connector connector, int limit) {
        this.address = address;
        this.loop = loop;
        this.connector = connector;
        this.limit = limit;
        loop.scheduleWithFixedDelay(this::closeOld, 20, 20, TimeUnit.SECONDS);
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
    }

    /** A connection has served its answer and can serve another. */
    void free(UpstreamConnection connection) {
        HttpAttempt next = waiting.pollFirst();
        if (next != null) {
            next.use(connection);
        } else {
            idle.addLast(connection);
        }
    }

    /** A connection is closed. */
    void closed(UpstreamConnection connection) {
        open--;
        idle.remove(connection);
        connectForWaiting();
    }

    private void connectForWaiting() {
        HttpAttempt next = open < limit ? waiting.pollFirst() : null;
        if (next != null) {
            connect(next);
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
    }

    private void closeOld() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.peekFirst().idleSince() > KEPT_NANOS) {
            idle.removeFirst().close();
        }
    }
}
