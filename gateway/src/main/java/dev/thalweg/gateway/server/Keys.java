package dev.thalweg.gateway.server;

import dev.thalweg.gateway.config.GatewayConfig;
import dev.thalweg.gateway.config.Secret;
import dev.thalweg.gateway.config.StaticKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys callers may show, compared in constant time: every key is looked at for every caller. Immutable. */
final class Keys {
    private static final String BEARER = "bearer ";
    private static final int LONGEST = 512;

    private final StaticKey[] keys;

    /** Who a caller is. */
    sealed interface Verdict {
        /** A known key, or none is needed: then the key is null. */
        record Known(@Nullable StaticKey key) implements Verdict {}

        /** No key was shown. */
        record Missing() implements Verdict {}

        /** The key shown is none of ours. */
        record Unknown() implements Verdict {}
    }

    Keys(GatewayConfig config) {
        Secret master = config.masterKey();
        List<StaticKey> own = config.keys();
        keys = new StaticKey[own.size() + (master == null ? 0 : 1)];
        own.toArray(keys);
        if (master != null) {
            keys[own.size()] = new StaticKey("master", master, List.of());
        }
    }

    Verdict check(HttpHeaders headers) {
        if (keys.length == 0) {
            return new Verdict.Known(null);
        }
        String shown = shown(headers);
        if (shown == null || shown.isEmpty()) {
            return new Verdict.Missing();
        }
        if (shown.length() > LONGEST) {
            return new Verdict.Unknown();
        }
        byte[] digest = Secret.digestOf(shown);
        @Nullable StaticKey found = null;
        for (StaticKey key : keys) {
            found = key.key().matchesDigest(digest) ? key : found;
        }
        return found == null ? new Verdict.Unknown() : new Verdict.Known(found);
    }

    private static @Nullable String shown(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer ? authorization.substring(BEARER.length()).strip() : "";
        }
        String key = headers.get("x-api-key");
        return key != null ? key : headers.get("api-key");
    }
}
