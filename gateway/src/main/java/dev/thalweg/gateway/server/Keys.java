package dev.thalweg.gateway.server;

import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.StaticKey;
import dev.thalweg.core.upstream.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys callers may show, found by their digest: one look-up however many there are, whose time tells nothing of a key,
 * since who does not know one cannot know its digest either. Immutable.
 */
final class Keys {
    private static final String BEARER = "bearer ";
    private static final int LONGEST = 512;

    private final Map<Secret, StaticKey> keys;
    private final @Nullable Secret master;

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
        Map<Secret, StaticKey> all = new HashMap<>();
        config.keys().forEach(key -> all.put(key.key(), key));
        master = config.masterKey();
        if (master != null) {
            all.put(master, new StaticKey("master", master, List.of()));
        }
        keys = Map.copyOf(all);
    }

    Verdict check(HttpHeaders headers) {
        return check(headers, null);
    }

    /**
     * Who a caller is.
     *
     * @param inQuery what his request's target says, where that may hold a key and no header does; null: nothing
     */
    Verdict check(HttpHeaders headers, @Nullable String inQuery) {
        if (keys.isEmpty()) {
            return new Verdict.Known(null);
        }
        String header = shown(headers);
        String shown = header != null ? header : inQuery;
        if (shown == null || shown.isEmpty()) {
            return new Verdict.Missing();
        }
        if (shown.length() > LONGEST) {
            return new Verdict.Unknown();
        }
        @Nullable StaticKey found = keys.get(new Secret(shown));
        return found == null ? new Verdict.Unknown() : new Verdict.Known(found);
    }

    /** Whether whoever has this key may see all there is: the master key, where there is one. */
    boolean seesAll(@Nullable StaticKey key) {
        return master == null || (key != null && key.key().equals(master));
    }

    private static @Nullable String shown(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer ? authorization.substring(BEARER.length()).strip() : "";
        }
        String key = headers.get("x-api-key");
        String other = key != null ? key : headers.get("api-key");
        return other != null ? other : headers.get("x-goog-api-key");
    }
}
