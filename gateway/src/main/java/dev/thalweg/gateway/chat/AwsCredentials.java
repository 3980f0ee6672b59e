package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.sign.AwsSignature;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** AWS's signature over each request. The body is digested where it lies, once for each attempt. */
final class AwsCredentials implements Credentials {
    private final AwsSignature signature;
    private final Clock clock;

    AwsCredentials(AwsSignature signature, Clock clock) {
        this.signature = signature;
        this.clock = clock;
    }

    /** Those of this deployment; null where it needs none: it has a key, or another provider's. */
    static @Nullable Credentials of(Deployment deployment) {
        AwsSignature signature = deployment.upstream().signature();
        return signature == null ? null : new AwsCredentials(signature, Clock.systemUTC());
    }

    @Override
    public void whenReady(EventLoop loop, Runnable ready, Consumer<String> failed) {
        ready.run();
    }

    @Override
    public void sign(FullHttpRequest request) {
        MessageDigest body = AwsSignature.bodyDigest();
        for (ByteBuffer piece : request.content().nioBuffers()) {
            body.update(piece);
        }
        HttpHeaders headers = request.headers();
        Map<String, String> signed = Map.of(
                "host", Objects.requireNonNull(headers.get(HttpHeaderNames.HOST)),
                "content-type", Objects.requireNonNull(headers.get(HttpHeaderNames.CONTENT_TYPE)));
        signature
                .sign(request.method().name(), request.uri(), signed, body.digest(), clock.instant())
                .forEach(headers::set);
    }
}
