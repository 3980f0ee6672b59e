package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.AwsErrors;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.RetryAfter;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An answer with an error status: its body says what went wrong. */
final class ErrorAnswer implements Answer {
    private static final int LIMIT = 64 * 1024;

    private final UpstreamCall call;
    private final int status;
    private final HttpHeaders headers;
    private final BodyCollector body;
    private boolean full;

    ErrorAnswer(UpstreamCall call, int status, HttpHeaders headers) {
        this.call = call;
        this.status = status;
        this.headers = headers.copy();
        this.body = new BodyCollector(call.caller().allocator(), LIMIT);
    }

    @Override
    public void body(ByteBuf read) {
        if (!full && !body.add(read)) {
            full = true;
        }
    }

    @Override
    public void end(boolean clean) {
        ErrorBody said = AwsErrors.named(
                ErrorReader.read(body.array(), body.offset(), body.length()), headers.get("x-amzn-errortype"));
        String text = new String(body.array(), body.offset(), body.length(), StandardCharsets.UTF_8);
        Optional<Duration> wait = RetryAfter.of(status == 429, headers::get, text, Instant.now());
        call.fail(Failure.upstream(status, said, wait.orElse(null)));
    }

    @Override
    public void close() {
        body.release();
    }
}
