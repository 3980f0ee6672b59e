package dev.thalweg.gateway.server;

import dev.thalweg.config.GatewayConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What protects a gateway that needs no key from web pages in a browser on the same machine: the {@code Host} must be a
 * loopback name (or a page could reach it under a name of its own), and a page's {@code Origin} must be local. With keys,
 * only listed origins get CORS headers. Immutable.
 */
final class AccessRules {
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?:localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(?::\\d{1,5})?");
    private static final Pattern LOCAL_ORIGIN =
            Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d{1,5})?");

    private final boolean open;
    private final Set<String> origins;

    AccessRules(GatewayConfig config) {
        open = !config.requiresKey();
        origins = Set.copyOf(config.settings().allowedOrigins());
    }

    /** Why the request with this target is refused; null lets it in. */
    @Nullable
    String refusal(String target, HttpHeaders headers) {
        String named = Route.authority(target);
        String host = named != null ? named : headers.get(HttpHeaderNames.HOST, "");
        if (open && !LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            return "This gateway has no key configured and answers only to localhost; set general_settings.master_key to"
                    + " open it to other names.";
        }
        if (!headers.getAll(HttpHeaderNames.ORIGIN).stream().allMatch(this::allows)) {
            return "Pages from this origin may not call this gateway; list it under general_settings.allowed_origins.";
        }
        return null;
    }

    /** The origin to name in CORS headers. */
    Optional<String> corsOrigin(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        return origin != null && allows(origin) ? Optional.of(origin) : Optional.empty();
    }

    /** Whether only {@code application/json} bodies are read: other types can be sent by a page without being asked. */
    boolean jsonOnly() {
        return open;
    }

    private boolean allows(String origin) {
        if (origins.contains(origin) || origins.contains("*")) {
            return true;
        }
        return open && LOCAL_ORIGIN.matcher(origin.toLowerCase(Locale.ROOT)).matches();
    }
}
