package dev.thalweg.gateway.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a provider, serving one attempt after the other. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final UpstreamPool pool;
    private @Nullable HttpAttempt attempt;
    private boolean used;
    private boolean freed;
    private boolean broken;
    private boolean informational;
    private long idleSince = System.nanoTime();

    UpstreamConnection(Channel channel, UpstreamPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    Channel channel() {
        return channel;
    }

    boolean usable() {
        return channel.isActive();
    }

    /** Whether it has served an answer before: then it may have been closed at the other end without our knowing. */
    boolean used() {
        return used;
    }

    long idleSince() {
        return idleSince;
    }

    void serve(HttpAttempt next) {
        attempt = next;
        channel.config().setAutoRead(true);
    }

    /**
     * The answer has been read to its end. The connection serves another only when the whole read has been looked at: what
     * stands behind an answer whose length was wrong must not be taken for the next one.
     */
    void free(boolean reusable) {
        attempt = null;
        used = true;
        idleSince = System.nanoTime();
        if (reusable && channel.isActive()) {
            freed = true;
            channel.config().setAutoRead(true);
        } else {
            close();
        }
    }

    /** Closes it at once, whatever is under way. */
    void close() {
        attempt = null;
        freed = false;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (attempt == null || !(message instanceof HttpObject object)) {
                freed = false;
                channel.close();
            } else if (object.decoderResult().cause() instanceof PrematureChannelClosureException) {
                attempt.headBroken();
            } else if (object.decoderResult().isFailure()) {
                attempt.notHttp();
            } else {
                object(attempt, object);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void object(HttpAttempt current, HttpObject object) {
        if (object instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!informational) {
                current.head(response);
            }
        }
        if (object instanceof HttpContent content && !informational) {
            if (content.content().isReadable()) {
                current.body(content.content());
            }
            if (content instanceof LastHttpContent) {
                current.end(!broken);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (attempt != null) {
            attempt.readComplete();
        } else if (freed) {
            freed = false;
            if (channel.isActive()) {
                pool.free(this);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        HttpAttempt current = attempt;
        attempt = null;
        pool.closed(this);
        if (current != null) {
            current.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset, or TLS gone wrong: the attempt hears of the close that follows, which is no clean end of anything.
        broken = true;
        channel.close();
    }
}
