package dev.thalweg.gateway.chat;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.config.Deployment;
import dev.thalweg.config.GoogleAccount;
import dev.thalweg.config.Secret;
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
        Secret json = deployment.options().get(Provider.GOOGLE_CREDENTIALS);
        return json == null || deployment.apiKey() != null
                ? null
                : new GoogleCredentials(new GoogleTokens(GoogleAccount.of(json)));
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
