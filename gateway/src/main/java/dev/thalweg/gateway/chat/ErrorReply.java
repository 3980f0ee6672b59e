package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.openai.ErrorWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

/** A failure as the caller gets it: a body with headers before the head is out, an event after it. */
final class ErrorReply {
    private final Failure failure;
    private final byte[] envelope;

    /**
     * A reply.
     *
     * @param attempts the failed attempts that it tells of
     */
    ErrorReply(Failure failure, String requestId, List<CallerError.Attempt> attempts) {
        this.failure = failure;
        this.envelope = ErrorWriter.body(
                failure.message(), failure.type(), failure.param(), failure.code(), requestId, attempts);
    }

    /** As the last event of a stream. */
    ByteBuf event() {
        return Unpooled.wrappedBuffer(ErrorWriter.event(envelope));
    }

    /** As a whole body. */
    ByteBuf body() {
        return Unpooled.wrappedBuffer(envelope);
    }

    /**
     * The headers of the whole body.
     *
     * @param retried whether the gateway has tried again for the caller: then his client need not multiply it
     */
    HttpHeaders headers(boolean retried) {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
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
