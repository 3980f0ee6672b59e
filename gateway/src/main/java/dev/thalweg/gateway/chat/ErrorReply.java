package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.wire.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

/** A failure as the caller gets it, in his protocol: a body with headers before the head is out, an event after it. */
final class ErrorReply {
    private final Front front;
    private final Failure failure;
    private final CallerError error;

    /**
     * A reply.
     *
     * @param attempts the failed attempts that it tells of
     */
    ErrorReply(Front front, Failure failure, String requestId, List<CallerError.Attempt> attempts) {
        this.front = front;
        this.failure = failure;
        this.error = new CallerError(
                failure.status(),
                failure.message(),
                failure.type(),
                failure.code(),
                failure.param(),
                requestId,
                attempts,
                failure.further());
    }

    /** As the last event of a stream of which so much is out, in this framing. */
    ByteBuf event(SoFar soFar, Framing framing) {
        Dialect dialect = front.dialect();
        return Unpooled.wrappedBuffer(
                soFar.writer() == null
                        ? dialect.writeErrorEvent(error, soFar.passed(), soFar.id(), framing)
                        : dialect.writeErrorEvent(error, soFar.writer()));
    }

    /** As a whole body. */
    ByteBuf body() {
        return Unpooled.wrappedBuffer(front.dialect().writeError(error));
    }

    /**
     * The headers of the whole body.
     *
     * @param retried whether the gateway has tried again for the caller: then his client need not multiply it
     */
    HttpHeaders headers(boolean retried) {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        front.describe(error, headers);
        Duration wait = failure.retryAfter();
        if (wait != null) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Math.max(1, (wait.toMillis() + 999) / 1000));
            headers.set("retry-after-ms", wait.toMillis());
        }
        if (retried) {
            headers.set("x-should-retry", "false");
        }
        return headers;
    }
}
