package dev.thalweg.gateway.server;

import dev.thalweg.gateway.chat.Front;
import dev.thalweg.gateway.chat.LoopState;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection: takes requests one after the other, gathers each body up to its cap, and hands the request
 * over. It goes on reading while an answer is under way, so that a caller who leaves is noticed at once; what a caller
 * sends ahead waits in line. Every phase has a clock, so that no caller holds a connection by doing nothing.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_AHEAD = 64;

    /** The event that has an answer close its connection if that can still be said. Another may be sent a next request. */
    static final Object LEAVE = new Object();

    /** The event that asks a connection to close if no request is under way, because the process stops. */
    static final Object DRAIN = new Object();

    private final ServerContext server;
    private final LoopState loopState;
    private final ConnectionClock clock;
    private final Deque<HttpObject> ahead = new ArrayDeque<>();
    private Phase phase = Phase.IDLE;
    private boolean takingAhead;
    private boolean tookObject;
    private @Nullable HttpCaller caller;
    private @Nullable Incoming incoming;
    private @Nullable IncomingBody body;

    CallerConnection(ServerContext server, LoopState loopState) {
        this.server = server;
        this.loopState = loopState;
        this.clock = new ConnectionClock(() -> server.snapshot().settings());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        server.connections().add(ctx.channel());
        if (server.draining()) {
            ctx.close();
        } else {
            clock.awaitHead(ctx);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
        } else if (mustWait() || !ahead.isEmpty()) {
            ahead.addLast(object);
            if (ahead.size() > MOST_AHEAD) {
                ctx.close();
            }
        } else {
            tookObject = true;
            take(ctx, object);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (phase == Phase.IDLE && !tookObject) {
            clock.partOfHead(ctx);
        }
        tookObject = false;
        watchBody(ctx);
    }

    private boolean mustWait() {
        return phase == Phase.BUSY || phase == Phase.SENDING;
    }

    private void take(ChannelHandlerContext ctx, HttpObject object) {
        try {
            if (phase == Phase.LEAVING) {
                return;
            }
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
        clock.stop();
        Incoming next = new Incoming(server, loopState, ctx, request, () -> answered(ctx));
        incoming = next;
        caller = next.caller();
        phase = Phase.BODY;
        if (server.leaving()) {
            next.caller().closeAfterwards();
        }
        if (!next.admit()) {
            // Refused by its head alone. The answer is on its way; the body may be, too.
            discard(ctx);
            return;
        }
        long length = HttpUtil.getContentLength(request, -1L);
        IncomingBody gathered = new IncomingBody(
                ctx.alloc(),
                length,
                next.settings().maxRequestBytes(),
                next.wantsBody(),
                server.admission().bodies());
        body = gathered;
        if (gathered.tooLarge()) {
            tooLarge(ctx, gathered);
            return;
        }
        next.caller().askForBody();
    }

    /** Most bodies come with their head, in one read: only one that did not needs a clock. */
    private void watchBody(ChannelHandlerContext ctx) {
        if (phase == Phase.BODY && body != null && !clock.running()) {
            clock.awaitBody(ctx, body, () -> slowBody(ctx));
        }
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        IncomingBody gathered = body;
        if (phase == Phase.BODY && gathered != null) {
            switch (gathered.add(content.content())) {
                case TAKEN -> {}
                case TOO_LARGE -> tooLarge(ctx, gathered);
                case NO_ROOM -> noRoom(ctx);
            }
        }
        clock.discarded();
        if (last && phase == Phase.BODY) {
            complete();
        } else if (last && phase == Phase.DISCARD) {
            clock.stop();
            phase = Phase.BUSY;
            answered(ctx);
        }
    }

    private void complete() {
        clock.stop();
        Incoming next = incoming;
        IncomingBody whole = body;
        phase = Phase.BUSY;
        if (next != null && whole != null) {
            if (server.leaving()) {
                next.caller().closeAfterwards();
            }
            next.serve(whole.take());
        }
    }

    /** The answer is written. Goes on with what the caller has sent ahead, or closes. */
    private void answered(ChannelHandlerContext ctx) {
        if (phase != Phase.BUSY) {
            return;
        }
        boolean goesOn = caller != null && caller.keepsAlive();
        releaseBody();
        incoming = null;
        caller = null;
        if (!goesOn) {
            leave(ctx);
        } else if (!ctx.channel().isWritable()) {
            phase = Phase.SENDING;
            clock.awaitSent(ctx);
        } else {
            next(ctx);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        phase = Phase.IDLE;
        if (takingAhead) {
            return;
        }
        takingAhead = true;
        while (!mustWait() && !ahead.isEmpty() && ctx.channel().isActive()) {
            take(ctx, ahead.removeFirst());
        }
        takingAhead = false;
        if (phase == Phase.IDLE) {
            clock.rest(ctx);
        } else {
            watchBody(ctx);
        }
    }

    private void leave(ChannelHandlerContext ctx) {
        phase = Phase.LEAVING;
        clock.awaitSent(ctx);
        ctx.writeAndFlush(ctx.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }

    private void tooLarge(ChannelHandlerContext ctx, IncomingBody gathered) {
        refuse(ctx, 413, "request_too_large", "The request body is larger than " + gathered.cap() + " bytes.");
    }

    private void noRoom(ChannelHandlerContext ctx) {
        if (caller != null) {
            caller.overloaded(
                    "The bodies of this gateway's requests take all the room they may; try again in a second.");
        }
        discard(ctx);
    }

    private void refuse(ChannelHandlerContext ctx, int status, String code, String message) {
        HttpCaller current = caller;
        if (current != null) {
            current.refuse(status, "invalid_request_error", code, null, message);
        }
        discard(ctx);
    }

    /** Throws away what is still to come, as long as it comes. */
    private void discard(ChannelHandlerContext ctx) {
        releaseBody();
        phase = Phase.DISCARD;
        clock.awaitDiscarded(ctx);
        if (caller != null && !caller.keepsAlive()) {
            ctx.writeAndFlush(ctx.alloc().buffer(0))
                    .addListener(sent -> ((DuplexChannel) ctx.channel()).shutdownOutput());
        }
    }

    private void badRequest(ChannelHandlerContext ctx, HttpObject object) {
        if (caller == null && object instanceof HttpRequest request) {
            caller = new HttpCaller(ctx, request, Front.CHAT, null, server.recorder(), () -> {});
        }
        HttpCaller current = caller;
        if (current == null) {
            ctx.close();
            return;
        }
        current.closeAfterwards();
        if (current.answered()) {
            discard(ctx);
        } else {
            HttpProblem problem = HttpProblem.of(object);
            refuse(ctx, problem.status(), problem.code(), problem.message());
        }
    }

    private void slowBody(ChannelHandlerContext ctx) {
        HttpCaller current = caller;
        if (current != null) {
            current.closeAfterwards();
            refuse(ctx, 408, "request_body_timeout", "The request body came too slowly.");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        clock.stop();
        releaseBody();
        while (!ahead.isEmpty()) {
            ReferenceCountUtil.release(ahead.removeFirst());
        }
        if (incoming != null) {
            incoming.callerGone();
        }
        phase = Phase.LEAVING;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        if (phase == Phase.SENDING && writable) {
            next(ctx);
        } else if (incoming != null) {
            incoming.callerWritable(writable);
        }
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
        if (event == LEAVE && caller != null && !caller.answered()) {
            caller.closeAfterwards();
        } else if (event != DRAIN) {
            return;
        } else if (phase == Phase.IDLE) {
            ctx.close();
        } else if (phase == Phase.SENDING) {
            leave(ctx);
        } else if (caller != null) {
            caller.closeAfterwards();
        }
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }
}
