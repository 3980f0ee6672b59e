package dev.thalweg.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is refused as HTTP, before it is asked for anything. What two servers could read in two ways is refused and
 * never repaired, so that no request can hide in another's body; the connection is not used again.
 */
record HttpProblem(int status, String code, String message) {
    /** Why the decoder gave up. */
    static HttpProblem of(HttpObject failed) {
        Throwable cause = failed.decoderResult().cause();
        if (cause instanceof TooLongHttpHeaderException) {
            return new HttpProblem(431, "headers_too_large", "The request's headers are too large.");
        } else if (cause instanceof TooLongHttpLineException && failed instanceof HttpRequest) {
            return new HttpProblem(414, "uri_too_long", "The request line is too long.");
        }
        return invalid("This is not a valid HTTP request.");
    }

    /** What is wrong with a head that the decoder let through; null where it is sound. */
    static @Nullable HttpProblem in(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        HttpHeaders headers = request.headers();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            // Not 505: clients try again after what looks like the server's own fault.
            return invalid("HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && version.isKeepAliveDefault())) {
            return invalid("A request needs exactly one Host header.");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean onlyChunked = codings.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                        codings.get(0).strip());
        if (!codings.isEmpty() && !onlyChunked) {
            return invalid("The only Transfer-Encoding understood is chunked.");
        }
        if (!codings.isEmpty() && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return invalid("Content-Length and Transfer-Encoding exclude each other.");
        }
        return null;
    }

    private static HttpProblem invalid(String message) {
        return new HttpProblem(400, "invalid_http", message);
    }
}
