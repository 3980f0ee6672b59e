package dev.thalweg.gateway.server;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.gateway.chat.Caller;
import dev.thalweg.gateway.chat.Front;
import dev.thalweg.gateway.record.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one who sent a request, over HTTP/1.1. Answers exactly once. */
final class HttpCaller implements Caller {
    private static final String EXPOSED = "x-request-id, server-timing, x-thalweg-call-id, x-thalweg-deployment, "
            + "x-thalweg-model-group, x-thalweg-attempts, x-thalweg-fallbacks, x-thalweg-cost, x-thalweg-token-count";

    private final ChannelHandlerContext context;
    private final Front front;
    private final ChannelHandlerContext codec;
    private final String requestId;
    private final boolean chunked;
    private final boolean head;
    private final @Nullable String corsOrigin;
    private final Runnable done;
    private final Recorder recorder;
    private boolean awaitsContinue;
    private boolean keepAlive;
    private boolean answered;

    /**
     * The caller of this request.
     *
     * @param corsOrigin the page's origin to name in the answer; null for none
     * @param recorder is told of refusals
     * @param done what happens when the answer has been written
     */
    HttpCaller(
            ChannelHandlerContext context,
            HttpRequest request,
            Front front,
            @Nullable String corsOrigin,
            Recorder recorder,
            Runnable done) {
        this.context = context;
        this.front = front;
        this.codec = context.pipeline().context(HttpServerCodec.class);
        this.requestId = RequestIds.of(request.headers().get("x-request-id"));
        this.chunked = request.protocolVersion().isKeepAliveDefault();
        this.head = request.method().equals(HttpMethod.HEAD);
        this.corsOrigin = corsOrigin;
        this.done = done;
        this.recorder = recorder;
        this.awaitsContinue = HttpUtil.is100ContinueExpected(request);
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public ByteBufAllocator allocator() {
        return context.alloc();
    }

    /** The connection is not used again after this answer. */
    void closeAfterwards() {
        keepAlive = false;
    }

    /** Whether the connection is used again. */
    boolean keepsAlive() {
        // Who was not asked for his body may send it or not: what comes next cannot be told.
        return keepAlive && !awaitsContinue;
    }

    /** Lets a caller who asked first send his body. */
    void askForBody() {
        if (awaitsContinue) {
            awaitsContinue = false;
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /** Whether the answer was begun. */
    boolean answered() {
        return answered;
    }

    /** Answers with an error that is the caller's own fault or this gateway's, before any upstream was asked. */
    void refuse(int status, String type, String code, @Nullable String param, String message) {
        refuse(status, type, code, param, message, new DefaultHttpHeaders());
    }

    private void refuse(
            int status, String type, String code, @Nullable String param, String message, HttpHeaders headers) {
        recorder.refused(requestId, status, code);
        CallerError error = new CallerError(status, message, type, code, param, requestId, List.of());
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        front.describe(error, headers);
        answer(status, headers, Unpooled.wrappedBuffer(front.dialect().writeError(error)));
    }

    /** Answers that there is no room for the request now, and will be soon. */
    void overloaded(String message) {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.RETRY_AFTER, "1");
        refuse(503, ErrorKind.SERVICE_UNAVAILABLE.type(), "overloaded", null, message, headers);
    }

    /** Answers that the path takes another method. */
    void refuseMethod(HttpMethod allowed, String message) {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.ALLOW, allowed.name());
        refuse(405, "invalid_request_error", "method_not_allowed", null, message, headers);
    }

    /** Answers with an error of this kind. */
    void refuse(ErrorKind kind, String code, String message) {
        refuse(kind.status(), kind.type(), code, null, message);
    }

    @Override
    public void answer(int status, HttpHeaders headers, ByteBuf body) {
        answered = true;
        common(headers);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        ByteBuf sent = head ? Unpooled.EMPTY_BUFFER : body;
        if (head) {
            body.release();
        }
        context.write(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), sent, headers, EmptyHttpHeaders.INSTANCE));
        finish();
    }

    @Override
    public void beginStream(Framing framing, HttpHeaders headers) {
        answered = true;
        headers.set(HttpHeaderNames.CONTENT_TYPE, framing.contentType());
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        headers.set("x-accel-buffering", "no");
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            keepAlive = false;
        }
        common(headers);
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, headers));
    }

    @Override
    public void write(ByteBuf piece) {
        if (chunked && ChunkFraming.fits(piece)) {
            // Past the codec, which counts nothing of a chunked body but its last chunk.
            codec.write(ChunkFraming.frame(piece, context.alloc()), codec.voidPromise());
        } else {
            context.write(new DefaultHttpContent(piece));
        }
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public void endStream() {
        context.write(LastHttpContent.EMPTY_LAST_CONTENT);
        finish();
    }

    @Override
    public boolean writable() {
        return context.channel().isWritable();
    }

    @Override
    public void close() {
        context.close();
    }

    private void common(HttpHeaders headers) {
        headers.set("x-request-id", requestId);
        front.identify(requestId, headers);
        if (corsOrigin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, corsOrigin);
            headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        if (!keepsAlive()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!chunked) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private void finish() {
        context.flush();
        done.run();
    }
}
