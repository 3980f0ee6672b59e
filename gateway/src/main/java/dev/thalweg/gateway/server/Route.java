package dev.thalweg.gateway.server;

import dev.thalweg.gateway.chat.Front;
import dev.thalweg.gateway.chat.Task;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths there are. A path is taken as it stands: nothing is decoded or folded, so that no spelling of a path can
 * reach an endpoint past its checks.
 */
enum Route {
    CHAT(Front.CHAT),
    COMPLETIONS(Front.COMPLETIONS),
    RESPONSES(Front.RESPONSES),
    MESSAGES(Front.MESSAGES),
    GENERATE(Front.GEMINI),
    CONVERSE(Front.CONVERSE),
    OLLAMA(Front.OLLAMA),
    OLLAMA_GENERATE(Front.OLLAMA_GENERATE),
    OLLAMA_TAGS(HttpMethod.GET, true),
    OLLAMA_SHOW(HttpMethod.POST, true),
    OLLAMA_VERSION(HttpMethod.GET, true),
    OLLAMA_HOME(HttpMethod.GET, false),
    COHERE_CHAT(Front.COHERE),
    GEMINI_COUNT_TOKENS(HttpMethod.POST, true),
    EMBEDDINGS(Task.EMBEDDINGS),
    EMBED_CONTENT(Task.EMBED_CONTENT),
    BATCH_EMBED_CONTENTS(Task.BATCH_EMBED_CONTENTS),
    COHERE_EMBED(Task.COHERE_EMBED),
    OLLAMA_EMBED(Task.OLLAMA_EMBED),
    OLLAMA_EMBEDDINGS(Task.OLLAMA_EMBEDDINGS),
    RERANK(Task.RERANK),
    COUNT_TOKENS(Task.COUNT_TOKENS),
    STORED_RESPONSE(HttpMethod.GET, true),
    MODELS(HttpMethod.GET, true),
    EXPLAIN(HttpMethod.GET, true),
    DEPLOYMENTS(HttpMethod.GET, true),
    LIVE(HttpMethod.GET, false),
    READY(HttpMethod.GET, false),
    METRICS(HttpMethod.GET, true);

    private static final Map<String, Route> PATHS = Map.ofEntries(
            Map.entry("/v1/chat/completions", CHAT),
            Map.entry("/chat/completions", CHAT),
            Map.entry("/v1/completions", COMPLETIONS),
            Map.entry("/completions", COMPLETIONS),
            Map.entry("/v1/responses", RESPONSES),
            Map.entry("/responses", RESPONSES),
            Map.entry("/v1/messages", MESSAGES),
            Map.entry("/v1/messages/count_tokens", COUNT_TOKENS),
            Map.entry("/api/chat", OLLAMA),
            Map.entry("/api/generate", OLLAMA_GENERATE),
            Map.entry("/api/tags", OLLAMA_TAGS),
            Map.entry("/api/show", OLLAMA_SHOW),
            Map.entry("/api/version", OLLAMA_VERSION),
            Map.entry("/", OLLAMA_HOME),
            Map.entry("/v2/chat", COHERE_CHAT),
            Map.entry("/v1/embeddings", EMBEDDINGS),
            Map.entry("/embeddings", EMBEDDINGS),
            Map.entry("/v2/embed", COHERE_EMBED),
            Map.entry("/api/embed", OLLAMA_EMBED),
            Map.entry("/api/embeddings", OLLAMA_EMBEDDINGS),
            Map.entry("/v2/rerank", RERANK),
            Map.entry("/v1/rerank", RERANK),
            Map.entry("/rerank", RERANK),
            Map.entry("/v1/route", EXPLAIN),
            Map.entry("/route", EXPLAIN),
            Map.entry("/health/deployments", DEPLOYMENTS),
            Map.entry("/health/live", LIVE),
            Map.entry("/health/ready", READY),
            Map.entry("/metrics", METRICS));

    private final HttpMethod method;
    private final boolean needsKey;
    private final @Nullable Front front;
    private final @Nullable Task task;

    Route(Front front) {
        this.method = HttpMethod.POST;
        this.needsKey = true;
        this.front = front;
        this.task = null;
    }

    Route(Task task) {
        this.method = HttpMethod.POST;
        this.needsKey = true;
        this.front = task.front();
        this.task = task;
    }

    Route(HttpMethod method, boolean needsKey) {
        this.method = method;
        this.needsKey = needsKey;
        this.front = null;
        this.task = null;
    }

    /** The protocol of the models that answer there; null for anything else. */
    @Nullable
    Front front() {
        return front;
    }

    /** What is asked of models there that is no chat; null for a chat and for anything else. */
    @Nullable
    Task task() {
        return task;
    }

    /** The protocol in which its callers are told of mistakes; at {@link #MODELS} their {@link ModelShape} says it. */
    static Front errors(@Nullable Route route) {
        if (route == GEMINI_COUNT_TOKENS) {
            return Front.GEMINI;
        }
        if (route == OLLAMA_TAGS || route == OLLAMA_SHOW || route == OLLAMA_VERSION) {
            return Front.OLLAMA;
        }
        return route == null || route.front == null ? Front.CHAT : route.front;
    }

    /** Whether a body is read. */
    boolean wantsBody() {
        return front != null || this == GEMINI_COUNT_TOKENS || this == OLLAMA_SHOW;
    }

    /** The route of a request target; null where there is none. */
    static @Nullable Route of(String target) {
        String path = path(target);
        Route route = PATHS.get(path);
        if (route == null && path.startsWith(StoredResponses.PATH)) {
            return STORED_RESPONSE;
        }
        ModelPath named = route == null ? ModelPath.of(path) : null;
        if (named == null && route == null && ModelEndpoints.at(path)) {
            return MODELS;
        }
        return named == null ? route : named.route();
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
        if (this == STORED_RESPONSE) {
            return StoredResponses.METHODS.contains(asked);
        }
        return asked.equals(method) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
    }
}
