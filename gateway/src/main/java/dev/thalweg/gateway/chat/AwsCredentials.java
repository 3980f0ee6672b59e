package dev.thalweg.gateway.chat;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.sign.AwsKey;
import dev.thalweg.core.sign.AwsSignature;
import dev.thalweg.config.Deployment;
import dev.thalweg.config.Secret;
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
    private static final String SERVICE = "bedrock";

    private final AwsSignature signature;
    private final Clock clock;

    AwsCredentials(AwsSignature signature, Clock clock) {
        this.signature = signature;
        this.clock = clock;
    }

    /** Those of this deployment; null where it needs none: it has a key, or another provider's. */
    static @Nullable Credentials of(Deployment deployment) {
        Secret id = deployment.options().get("aws_access_key_id");
        Secret secret = deployment.options().get("aws_secret_access_key");
        Secret region = deployment.options().get("aws_region_name");
        boolean signs = deployment.provider().auth() == AuthScheme.AWS && deployment.apiKey() == null;
        if (!signs || id == null || secret == null || region == null) {
            return null;
        }
        Secret token = deployment.options().get("aws_session_token");
        AwsKey key = new AwsKey(id.reveal(), secret.reveal(), token == null ? null : token.reveal());
        return new AwsCredentials(new AwsSignature(key, region.reveal(), SERVICE), Clock.systemUTC());
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
