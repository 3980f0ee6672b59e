package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.gateway.upstream.GoogleTokens;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A token of Google's cloud in the header of each request. */
final class GoogleCredentials implements Credentials {
    private final GoogleTokens tokens;

    private GoogleCredentials(GoogleTokens tokens) {
        this.tokens = tokens;
    }

    /** Those of this deployment; null where it has a key or needs none. */
    static @Nullable Credentials of(Deployment deployment) {
        GoogleAccount account = deployment.upstream().googleAccount();
        return account == null ? null : new GoogleCredentials(new GoogleTokens(account));
    }

    @Override
    public void whenReady(EventLoop loop, Runnable ready, Consumer<String> failed) {
        tokens.whenReady(loop, ready, failed);
    }

    @Override
    public void sign(FullHttpRequest request) {
        String token = tokens.value();
        if (token != null) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
        }
    }
}
