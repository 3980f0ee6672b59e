package dev.thalweg.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All connections from one event loop, by address. Which addresses are worth keeping connections to is said anew with each
 * configuration. Not thread-safe: it never leaves its loop.
 */
public final class UpstreamPools {
    private final EventLoop loop;
    private final Connector connector;
    private final Map<Address, UpstreamPool> pools = new HashMap<>();
    private Set<Address> kept;
    private int limitEach;

    /**
     * No connections yet.
     *
     * @param kept the addresses to keep connections to
     * @param limitEach how many connections to one address are allowed
     */
    public UpstreamPools(EventLoop loop, Connector connector, Set<Address> kept, int limitEach) {
        this.loop = loop;
        this.connector = connector;
        this.kept = kept;
        this.limitEach = limitEach;
    }

    /**
     * From now on connections are kept to these addresses only. Those to others serve what is under way on them, and what
     * still asks for them, and are closed then.
     */
    public void keep(Set<Address> addresses, int limit) {
        kept = addresses;
        limitEach = limit;
        // A pool that is drained leaves the map meanwhile.
        List.copyOf(pools.values()).forEach(pool -> pool.keep(addresses.contains(pool.address()), limit));
    }

    /**
     * A try at this address.
     *
     * @param request gives the request when there is a connection to send it on
     * @param fresh whether only a new connection will do, because a pooled one was stale
     */
    public Attempt attempt(
            Address address, Supplier<FullHttpRequest> request, boolean fresh, AttemptListener listener) {
        UpstreamPool pool = pools.computeIfAbsent(address, this::newPool);
        return new HttpAttempt(pool, request, fresh, listener);
    }

    private UpstreamPool newPool(Address address) {
        return new UpstreamPool(
                address, loop, connector, kept.contains(address), limitEach, pool -> pools.remove(address, pool));
    }
}
