package dev.thalweg.gateway.demo;

import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is made in this process and takes the same way as a provider's: a head, a body in paced pieces, an end.
 */
final class InProcessAttempt implements Attempt {
    private final EventLoop loop;
    private final AttemptListener listener;
    private final Reply reply;
    private @Nullable Future<?> next;
    private boolean over;
    private boolean reading = true;
    private boolean waits;
    private int position;

    /**
     * What is answered.
     *
     * @param before how long it takes until the head
     * @param pieces the body
     * @param pace the time between two pieces
     */
    record Reply(int status, String contentType, Duration before, Pieces pieces, Duration pace) {}

    /** A body, piece by piece; null ends it. */
    interface Pieces {
        byte @Nullable [] piece(int position);
    }

    InProcessAttempt(EventLoop loop, AttemptListener listener, Reply reply) {
        this.loop = loop;
        this.listener = listener;
        this.reply = reply;
    }

    @Override
    public void start() {
        next = loop.schedule(this::head, reply.before().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel() {
        over = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    @Override
    public void release() {
        cancel();
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        if (on && waits && !over) {
            waits = false;
            piece();
        }
    }

    private void head() {
        if (over) {
            return;
        }
        listener.onSent();
        listener.onHead(
                reply.status(), new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType()));
        piece();
    }

    private void piece() {
        if (over) {
            return;
        }
        if (!reading) {
            waits = true;
            return;
        }
        byte[] bytes = reply.pieces().piece(position++);
        if (bytes == null) {
            over = true;
            listener.onEnd(true);
            return;
        }
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        listener.onBody(buffer);
        listener.onReadComplete();
        if (!over) {
            next = loop.schedule(this::piece, reply.pace().toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
