package dev.thalweg.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection: takes requests one after the other, gathers each body up to its cap, and hands the request
 * over. It goes on reading while an answer is under way, so that a caller who leaves is noticed at once; what a caller
 * sends ahead waits in line.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_AHEAD = 64;
    private static final int DISCARD_SECONDS = 5;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(75);

    /** The event that asks a connection to close if no request is under way, because the process stops. */
    static final Object DRAIN = new Object();

    private enum Phase {
        /** No request is under way. */
        IDLE,
        /** The body is being gathered. */
        BODY,
        /** The answer is written before the body has come: the rest is thrown away. */
        DISCARD,
        /** The answer is under way. */
        BUSY
    }

    private final ServerContext server;
    private final Deque<HttpObject> ahead = new ArrayDeque<>();
    private Phase phase = Phase.IDLE;
    private boolean drainingAhead;
    private @Nullable HttpCaller caller;
    private @Nullable Incoming incoming;
    private @Nullable ByteBuf body;
    private long bodyMark;
    private @Nullable Future<?> timer;

    CallerConnection(ServerContext server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        server.connections().add(ctx.channel());
        watchHead(ctx, server.settings().headerTimeout().toNanos());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.BUSY || !ahead.isEmpty()) {
            ahead.addLast(object);
            if (ahead.size() > MOST_AHEAD) {
                ctx.close();
            }
        } else {
            take(ctx, object);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject object) {
        try {
            if (object.decoderResult().isFailure()) {
                badRequest(ctx, object);
                return;
            }
            if (object instanceof HttpRequest request && phase == Phase.IDLE) {
                begin(ctx, request);
            }
            if (object instanceof HttpContent content) {
                content(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(object);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        stopTimer();
        Incoming next = new Incoming(server, ctx, request, () -> answered(ctx));
        incoming = next;
        caller = next.caller();
        phase = Phase.BODY;
        if (server.draining()) {
            next.caller().closeAfterwards();
        }
        if (!next.admit()) {
            // Refused by its head alone. The answer is on its way; the body may be, too.
            refused(ctx);
            return;
        }
        long length = HttpUtil.getContentLength(request, -1L);
        int cap = server.settings().maxRequestBytes();
        if (length > cap) {
            tooLarge(ctx);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        if (length != 0 && next.wantsBody()) {
            body = ctx.alloc().heapBuffer(length > 0 ? (int) length : 4096, cap);
            watchBody(ctx);
        }
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (phase == Phase.BODY) {
            ByteBuf bytes = content.content();
            ByteBuf gathered = body;
            if (gathered != null && bytes.isReadable()) {
                if (gathered.readableBytes() + bytes.readableBytes()
                        > server.settings().maxRequestBytes()) {
                    tooLarge(ctx);
                } else {
                    gathered.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
                }
            }
        }
        if (last && phase == Phase.BODY) {
            complete();
        } else if (last && phase == Phase.DISCARD) {
            stopTimer();
            phase = Phase.BUSY;
            answered(ctx);
        }
    }

    private void complete() {
        stopTimer();
        Incoming next = incoming;
        ByteBuf whole = body == null ? Unpooled.buffer(0, 0) : body;
        body = null;
        phase = Phase.BUSY;
        if (next != null) {
            next.serve(whole);
        } else {
            whole.release();
        }
    }

    /** The answer is written. Goes on with what the caller has sent ahead. */
    private void answered(ChannelHandlerContext ctx) {
        if (phase != Phase.BUSY) {
            return;
        }
        phase = Phase.IDLE;
        incoming = null;
        caller = null;
        if (drainingAhead) {
            return;
        }
        drainingAhead = true;
        while (phase != Phase.BUSY && !ahead.isEmpty() && ctx.channel().isActive()) {
            take(ctx, ahead.removeFirst());
        }
        drainingAhead = false;
        if (phase == Phase.IDLE) {
            watchHead(ctx, REST_NANOS);
        }
    }

    private void tooLarge(ChannelHandlerContext ctx) {
        HttpCaller current = caller;
        if (current != null) {
            current.refuse(
                    413,
                    "invalid_request_error",
                    "request_too_large",
                    null,
                    "The request body is larger than " + server.settings().maxRequestBytes() + " bytes.");
        }
        refused(ctx);
    }

    /** An answer went out before the body was in: closing now could lose it, so the rest is read and thrown away. */
    private void refused(ChannelHandlerContext ctx) {
        releaseBody();
        stopTimer();
        phase = Phase.DISCARD;
        timer = ctx.executor().schedule(() -> ctx.close(), DISCARD_SECONDS, TimeUnit.SECONDS);
    }

    private void badRequest(ChannelHandlerContext ctx, HttpObject object) {
        releaseBody();
        stopTimer();
        Throwable cause = object.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        HttpCaller current = caller;
        if (current == null && object instanceof HttpRequest request) {
            current = new HttpCaller(ctx, request, null, () -> {});
        }
        if (current != null && !current.answered()) {
            current.closeAfterwards();
            current.refuse(
                    tooLong ? 431 : 400,
                    "invalid_request_error",
                    tooLong ? "headers_too_large" : "invalid_http",
                    null,
                    tooLong ? "The request's head is too large." : "This is not a valid HTTP request.");
        } else {
            ctx.close();
        }
    }

    /** The first head has to come within its time; after an answer a connection may rest longer. */
    private void watchHead(ChannelHandlerContext ctx, long nanos) {
        stopTimer();
        timer = ctx.executor().schedule(() -> ctx.close(), nanos, TimeUnit.NANOSECONDS);
    }

    /** A body has to go on: within each turn of the clock at least {@link ServerContext#MIN_BODY_PROGRESS} bytes. */
    private void watchBody(ChannelHandlerContext ctx) {
        bodyMark = 0;
        long turn = server.settings().bodyTimeout().toNanos();
        timer = ctx.executor().scheduleAtFixedRate(() -> slowBody(ctx), turn, turn, TimeUnit.NANOSECONDS);
    }

    private void slowBody(ChannelHandlerContext ctx) {
        ByteBuf gathered = body;
        HttpCaller current = caller;
        if (gathered == null || current == null) {
            return;
        }
        long since = gathered.readableBytes() - bodyMark;
        bodyMark = gathered.readableBytes();
        if (since < ServerContext.MIN_BODY_PROGRESS) {
            current.refuse(
                    408, "invalid_request_error", "request_body_timeout", null, "The request body came too slowly.");
            refused(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTimer();
        releaseBody();
        while (!ahead.isEmpty()) {
            ReferenceCountUtil.release(ahead.removeFirst());
        }
        if (incoming != null) {
            incoming.callerGone();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (incoming != null) {
            incoming.callerWritable(ctx.channel().isWritable());
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset by the caller, or a bug: either way nothing more can be said here.
        if (!(cause instanceof java.io.IOException)) {
            server.unexpected(cause);
        }
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DRAIN && phase == Phase.IDLE) {
            ctx.close();
        } else if (event == DRAIN && caller != null) {
            caller.closeAfterwards();
        }
        ctx.fireUserEventTriggered(event);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
