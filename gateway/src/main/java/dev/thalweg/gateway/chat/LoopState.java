package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.CompletionRelay;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestReader;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.gateway.upstream.Address;
import dev.thalweg.gateway.upstream.UpstreamPools;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one event loop keeps for all its exchanges: connections, and arrays that are used and free again within a call. */
public final class LoopState {
    private static final int SCRATCH = 256 * 1024;

    /** What is larger than this has an array of its own, once. */
    private static final int LARGEST_SCRATCH = 1024 * 1024;

    private final UpstreamPools pools;
    private final CompletionRelay completions = new CompletionRelay();
    private RequestReader requests;
    private int maxJsonDepth;
    private byte[] scratch = new byte[SCRATCH];

    /** The state of one loop. */
    public LoopState(UpstreamPools pools, int maxJsonDepth) {
        this.pools = pools;
        this.maxJsonDepth = maxJsonDepth;
        this.requests = new RequestReader(maxJsonDepth);
    }

    UpstreamPools pools() {
        return pools;
    }

    /** Another configuration is in force: its addresses, and the most connections to each. */
    public void keep(Set<Address> upstreams, int maxConnectionsEach) {
        pools.keep(upstreams, maxConnectionsEach);
    }

    /**
     * What a gateway has to know of the chat request with this body, and where in the body it stands.
     *
     * @param depth how deep the body may be nested
     * @param path what its path says of it; null: nothing
     * @throws dev.thalweg.core.dialect.RequestProblem when it is none
     */
    public RequestHead read(ByteBuf body, int depth, RequestShape shape, RequestShape.@Nullable Path path) {
        if (depth != maxJsonDepth) {
            maxJsonDepth = depth;
            requests = new RequestReader(depth);
        }
        return requests.read(copy(body), 0, body.readableBytes(), shape, path);
    }

    /** Reads one whole answer at a time. */
    CompletionRelay completions() {
        return completions;
    }

    /** The buffer's bytes from the start of an array that holds them until the next call. */
    byte[] copy(ByteBuf read) {
        int length = read.readableBytes();
        byte[] array = room(length);
        read.getBytes(read.readerIndex(), array, 0, length);
        return array;
    }

    private byte[] room(int length) {
        if (length > LARGEST_SCRATCH) {
            return new byte[length];
        }
        if (length > scratch.length) {
            scratch = new byte[LARGEST_SCRATCH];
        }
        return scratch;
    }
}
