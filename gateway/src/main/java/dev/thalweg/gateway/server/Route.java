package dev.thalweg.gateway.server;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths there are. A path is taken as it stands: nothing is decoded or folded, so that no spelling of a path can
 * reach an endpoint past its checks.
 */
enum Route {
    CHAT(HttpMethod.POST, true),
    MODELS(HttpMethod.GET, true),
    EXPLAIN(HttpMethod.GET, true),
    DEPLOYMENTS(HttpMethod.GET, true),
    LIVE(HttpMethod.GET, false),
    READY(HttpMethod.GET, false),
    METRICS(HttpMethod.GET, true);

    private static final Map<String, Route> PATHS = Map.of(
            "/v1/chat/completions", CHAT,
            "/chat/completions", CHAT,
            "/v1/models", MODELS,
            "/models", MODELS,
            "/v1/route", EXPLAIN,
            "/route", EXPLAIN,
            "/health/deployments", DEPLOYMENTS,
            "/health/live", LIVE,
            "/health/ready", READY,
            "/metrics", METRICS);

    private final HttpMethod method;
    private final boolean needsKey;

    Route(HttpMethod method, boolean needsKey) {
        this.method = method;
        this.needsKey = needsKey;
    }

    /** The route of a request target; null where there is none. */
    static @Nullable Route of(String target) {
        return PATHS.get(path(target));
    }

    /** The target without its query, and without scheme and host where a client sends them. */
    static String path(String target) {
        String path = withoutQuery(target);
        if (isAbsolute(path)) {
            int slash = path.indexOf('/', hostStart(path));
            return slash < 0 ? "/" : path.substring(slash);
        }
        return path;
    }

    /** The host and port in a target that names them; null where it has only a path. */
    static @Nullable String authority(String target) {
        String path = withoutQuery(target);
        if (!isAbsolute(path)) {
            return null;
        }
        int slash = path.indexOf('/', hostStart(path));
        return path.substring(hostStart(path), slash < 0 ? path.length() : slash);
    }

    private static String withoutQuery(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("http://") || path.startsWith("https://");
    }

    private static int hostStart(String path) {
        return path.indexOf("//") + 2;
    }

    HttpMethod method() {
        return method;
    }

    /** Whether a key is asked for, where keys are configured. Health checks have none. */
    boolean needsKey() {
        return needsKey;
    }

    /** Whether a request of this method is served. */
    boolean serves(HttpMethod asked) {
        return asked.equals(method) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
    }
}
