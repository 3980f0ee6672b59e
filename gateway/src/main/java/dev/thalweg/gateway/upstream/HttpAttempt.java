package dev.thalweg.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One try over HTTP/1.1. */
final class HttpAttempt implements Attempt {
    private static final int DRAINED_BYTES = 64 * 1024;
    private static final long DRAINED_MILLIS = 1_000;

    private final UpstreamPool pool;
    private final Supplier<FullHttpRequest> request;
    private final boolean fresh;
    private final AttemptListener listener;
    private Connector.@Nullable Pending pending;
    private @Nullable UpstreamConnection connection;
    private boolean over;
    private boolean begun;
    private boolean headSeen;
    private boolean draining;
    private boolean keepAlive;
    private int drained;
    private @Nullable Future<?> sent;
    private @Nullable Future<?> drainLimit;

    /**
     * A try from this pool.
     *
     * @param fresh whether only a new connection will do
     */
    HttpAttempt(UpstreamPool pool, Supplier<FullHttpRequest> request, boolean fresh, AttemptListener listener) {
        this.pool = pool;
        this.request = request;
        this.fresh = fresh;
        this.listener = listener;
    }

    @Override
    public void start() {
        pool.acquire(this, fresh);
    }

    @Override
    public void cancel() {
        if (over) {
            return;
        }
        over = true;
        if (connection != null) {
            connection.close();
        } else if (pending != null) {
            pending.cancel();
            pool.notConnected();
        } else {
            pool.forget(this);
        }
    }

    @Override
    public void release() {
        UpstreamConnection current = connection;
        if (over || current == null) {
            return;
        }
        draining = true;
        reading(true);
        drainLimit = current.channel().eventLoop().schedule(this::stopDraining, DRAINED_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void reading(boolean on) {
        if (connection != null) {
            connection.channel().config().setAutoRead(on);
        }
    }

    // What the pool says.

    void waits() {
        listener.onWaitingForConnection();
    }

    void connects(Connector.Pending onItsWay) {
        if (connection == null && !over) {
            pending = onItsWay;
            listener.onConnecting();
        }
    }

    void use(UpstreamConnection taken) {
        pending = null;
        connection = taken;
        taken.serve(this);
        sent = taken.channel().writeAndFlush(request.get());
        listener.onSent();
    }

    void unreachable(String reason) {
        pending = null;
        fail(AttemptFailure.Kind.UNREACHABLE, "The provider cannot be reached: " + reason + ".");
    }

    // What the connection says.

    /** The connection was closed in the middle of the answer's head. */
    void headBroken() {
        begun = true;
    }

    void head(HttpResponse response) {
        begun = true;
        headSeen = true;
        keepAlive = HttpUtil.isKeepAlive(response);
        if (!draining && !over) {
            listener.onHead(response.status().code(), response.headers());
        }
    }

    void body(ByteBuf read) {
        if (draining) {
            drained += read.readableBytes();
            if (drained > DRAINED_BYTES) {
                stopDraining();
            }
        } else if (!over) {
            listener.onBody(read);
        }
    }

    void readComplete() {
        if (!draining && !over) {
            listener.onReadComplete();
        }
    }

    void end(boolean clean) {
        UpstreamConnection current = connection;
        if (current == null || over) {
            return;
        }
        over = true;
        if (drainLimit != null) {
            drainLimit.cancel(false);
        }
        // Where the answer came before all of the request was sent, the rest of it would stand before the next request.
        current.free(clean && keepAlive && sent != null && sent.isDone());
        if (!draining) {
            listener.onEnd(clean);
        }
    }

    void closed() {
        UpstreamConnection current = connection;
        if (over) {
            return;
        }
        over = true;
        if (draining) {
            return;
        }
        if (headSeen) {
            listener.onEnd(false);
        } else if (current != null && current.used() && !begun) {
            listener.onFailure(new AttemptFailure(AttemptFailure.Kind.STALE, "The connection was stale."));
        } else {
            listener.onFailure(new AttemptFailure(
                    AttemptFailure.Kind.CLOSED, "The provider closed the connection without an answer."));
        }
    }

    void notHttp() {
        if (connection != null) {
            connection.close();
        }
        fail(AttemptFailure.Kind.NOT_HTTP, "The provider's answer is not valid HTTP.");
    }

    private void fail(AttemptFailure.Kind kind, String message) {
        if (!over) {
            over = true;
            if (!draining) {
                listener.onFailure(new AttemptFailure(kind, message));
            }
        }
    }

    private void stopDraining() {
        if (!over && connection != null) {
            over = true;
            connection.close();
        }
    }
}
