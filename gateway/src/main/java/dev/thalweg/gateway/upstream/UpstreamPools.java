package dev.thalweg.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All connections from one event loop, by address. Not thread-safe: it never leaves its loop. */
public final class UpstreamPools {
    private final EventLoop loop;
    private final Connector connector;
    private final int limitEach;
    private final Map<Address, UpstreamPool> pools = new HashMap<>();

    /**
     * No connections yet.
     *
     * @param limitEach how many connections to one address are allowed
     */
    public UpstreamPools(EventLoop loop, Connector connector, int limitEach) {
        this.loop = loop;
        this.connector = connector;
        this.limitEach = limitEach;
    }

    /**
     * A try at this address.
     *
     * @param request gives the request when there is a connection to send it on
     * @param fresh whether only a new connection will do, because a pooled one was stale
     */
    public Attempt attempt(
            Address address, Supplier<FullHttpRequest> request, boolean fresh, AttemptListener listener) {
        UpstreamPool pool = pools.computeIfAbsent(address, a -> new UpstreamPool(a, loop, connector, limitEach));
        return new HttpAttempt(pool, request, fresh, listener);
    }
}
