package dev.thalweg.gateway.chat;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.function.Consumer;

/** What proves to a provider who asks, where that is more than a header that stays the same. Thread-safe; never blocks. */
interface Credentials {
    /**
     * Calls back on this loop, at once or later: a request can be {@linkplain #sign signed} from then on, or cannot for this
     * reason.
     */
    void whenReady(EventLoop loop, Runnable ready, Consumer<String> failed);

    /** Signs a request that is complete but for its signature. */
    void sign(FullHttpRequest request);
}
