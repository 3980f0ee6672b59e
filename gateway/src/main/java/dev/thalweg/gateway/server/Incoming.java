package dev.thalweg.gateway.server;

import dev.thalweg.config.Settings;
import dev.thalweg.config.StaticKey;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.gateway.chat.Asked;
import dev.thalweg.gateway.chat.ChatExchange;
import dev.thalweg.gateway.chat.Front;
import dev.thalweg.gateway.chat.LoopState;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.ResponseStore;
import dev.thalweg.gateway.chat.RouteRequests;
import dev.thalweg.gateway.chat.Task;
import dev.thalweg.gateway.chat.TokenCount;
import dev.thalweg.gateway.record.RequestRecord;
import dev.thalweg.model.ChatRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way in: checked by its head, then served with its body. It takes the configuration once, when its head
 * has come, and keeps to it until its end.
 */
final class Incoming {
    private final ServerContext server;
    private final Snapshot snapshot;
    private final LoopState loopState;
    private final ChannelHandlerContext context;
    private final HttpHeaders headers;
    private final HttpMethod method;
    private final String target;
    private final String path;
    private final @Nullable Route route;
    private final Front errors;
    private final HttpCaller caller;
    private final @Nullable HttpProblem problem;
    private @Nullable StaticKey key;
    private @Nullable ChatExchange exchange;

    Incoming(
            ServerContext server,
            LoopState loopState,
            ChannelHandlerContext context,
            HttpRequest request,
            Runnable done) {
        this.server = server;
        this.snapshot = server.snapshot();
        this.loopState = loopState;
        this.context = context;
        this.headers = request.headers();
        this.method = request.method();
        this.target = request.uri();
        this.path = Route.path(target);
        this.route = Route.of(target);
        this.problem = HttpProblem.in(request);
        this.errors = route == Route.MODELS ? ModelShape.of(target, headers).front() : Route.errors(route);
        this.caller = new HttpCaller(
                context, request, errors, snapshot.rules().corsOrigin(headers).orElse(null), server.recorder(), done);
    }

    HttpCaller caller() {
        return caller;
    }

    /** The settings it keeps to. */
    Settings settings() {
        return snapshot.settings();
    }

    /** Whether the body is of any use. */
    boolean wantsBody() {
        return route != null && route.wantsBody() && method.equals(HttpMethod.POST);
    }

    /** Checks the head: who asks, from where, for what. False when the request has been refused. */
    boolean admit() {
        if (problem != null) {
            caller.closeAfterwards();
            return refuse(problem.status(), "invalid_request_error", problem.code(), problem.message());
        }
        String refusal = snapshot.rules().refusal(target, headers);
        if (refusal != null) {
            return refuse(403, "permission_error", "forbidden", refusal);
        }
        if (method.equals(HttpMethod.OPTIONS) && headers.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            return true;
        }
        if (route == null) {
            return refuse(
                    404,
                    "invalid_request_error",
                    "unknown_url",
                    "There is nothing at " + shown(method + " " + path) + ".");
        }
        if (!route.serves(method)) {
            caller.refuseMethod(
                    route.method(), shown(path) + " takes " + route.method() + ", not " + shown(method.name()) + ".");
            return false;
        }
        return !route.needsKey() || admitKey();
    }

    private boolean admitKey() {
        String shown = errors == Front.GEMINI ? GeminiQuery.key(target) : null;
        return switch (snapshot.keys().check(headers, shown)) {
            case Keys.Verdict.Known known -> {
                key = known.key();
                yield !wantsBody() || (admitType() && hasRoom());
            }
            case Keys.Verdict.Missing missing ->
                refuse(
                        401,
                        "authentication_error",
                        "missing_api_key",
                        "No API key was given; send 'Authorization: Bearer KEY'.");
            case Keys.Verdict.Unknown unknown ->
                refuse(401, "authentication_error", "invalid_api_key", "This API key is not known here.");
        };
    }

    private boolean hasRoom() {
        String full = server.admission().refusal(snapshot.settings());
        if (full != null) {
            caller.overloaded(full);
        }
        return full == null;
    }

    private boolean admitType() {
        String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding)) {
            return refuse(
                    415,
                    "invalid_request_error",
                    "unsupported_content_encoding",
                    "The body must be sent without a Content-Encoding.");
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        int parameters = type.indexOf(';');
        String bare = parameters < 0 ? type : type.substring(0, parameters);
        boolean json = bare.strip().toLowerCase(Locale.ROOT).equals("application/json");
        if (!json && snapshot.rules().jsonOnly()) {
            return refuse(
                    415,
                    "invalid_request_error",
                    "unsupported_media_type",
                    "The Content-Type must be application/json.");
        }
        return true;
    }

    private boolean refuse(int status, String type, String code, String message) {
        caller.refuse(status, type, code, null, message);
        return false;
    }

    /** Serves the request with its whole body, which it owns from here on. */
    void serve(ByteBuf body) {
        Front front = route == null ? null : route.front();
        Task task = route == null ? null : route.task();
        if (front != null && method.equals(HttpMethod.POST)) {
            ask(front, task, body);
            return;
        }
        if (route == Route.GEMINI_COUNT_TOKENS && method.equals(HttpMethod.POST)) {
            countTokens(body, Front.GEMINI, "totalTokens");
            return;
        }
        if (route == Route.OLLAMA_SHOW && method.equals(HttpMethod.POST)) {
            server.endpoints().ollama().show(caller, snapshot.models(), key, body);
            return;
        }
        body.release();
        if (route == Route.STORED_RESPONSE && !method.equals(HttpMethod.OPTIONS)) {
            new StoredResponses(caller, server.chat(), context.executor(), owner()).serve(method, path);
            return;
        }
        if (method.equals(HttpMethod.OPTIONS)) {
            preflight();
            return;
        }
        switch (Objects.requireNonNull(route, "an unknown path was refused by its head")) {
            case MODELS ->
                server.endpoints().models().serve(caller, snapshot.models(), key, ModelShape.of(target, headers), path);
            case EXPLAIN -> RoutingEndpoints.explain(caller, snapshot, key, target);
            case DEPLOYMENTS -> RoutingEndpoints.deployments(caller, snapshot, key);
            case READY -> server.endpoints().ready(caller, snapshot.models());
            case METRICS -> server.endpoints().metrics(caller);
            case LIVE -> server.endpoints().live(caller);
            case OLLAMA_TAGS -> server.endpoints().ollama().tags(caller, snapshot.models(), key);
            case OLLAMA_VERSION -> server.endpoints().ollama().version(caller);
            case OLLAMA_HOME -> server.endpoints().ollama().home(caller);
            default -> throw new IllegalStateException("served above");
        }
    }

    /** How many tokens a request's prompt has: an estimate, whoever would answer it. */
    private void countTokens(ByteBuf body, Front front, String name) {
        try {
            byte[] array = new byte[body.readableBytes()];
            body.getBytes(body.readerIndex(), array);
            ChatRequest request = front.dialect().readRequest(array, 0, array.length);
            DefaultHttpHeaders json = new DefaultHttpHeaders();
            json.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            String count = TokenCount.estimate(request, name, json);
            caller.answer(200, json, Unpooled.wrappedBuffer(Bytes.utf8(count)));
        } catch (RequestProblem problem) {
            caller.refuse(400, "invalid_request_error", problem.code(), problem.param(), problem.text());
        } finally {
            body.release();
        }
    }

    /** The caller's key by its name; null where none is needed. */
    private @Nullable String owner() {
        StaticKey asker = key;
        return asker == null ? null : asker.name();
    }

    /** The body with all of the conversation that it goes on from; null where there is no such conversation for this caller. */
    private @Nullable ByteBuf withConversation(ByteBuf body) {
        Optional<byte[]> whole = server.chat().responses().expanded(ByteBufUtil.getBytes(body), owner());
        body.release();
        if (whole.isEmpty()) {
            caller.refuse(
                    400,
                    "invalid_request_error",
                    "previous_response_not_found",
                    "previous_response_id",
                    "There is no response of this id here; send the conversation in 'input'.");
            return null;
        }
        int most = snapshot.settings().maxRequestBytes();
        if (whole.get().length > most) {
            String why = "With the conversation before it the request is larger than " + most + " bytes.";
            caller.refuse(413, "invalid_request_error", "request_too_large", null, why);
            return null;
        }
        return Unpooled.wrappedBuffer(whole.get());
    }

    /** Asks a model: for a chat, or for what this task is. */
    private void ask(Front front, @Nullable Task task, ByteBuf sent) {
        RequestShape shape = task == null ? front.shape() : task.shape();
        ByteBuf body = sent;
        if (!hasRoom()) {
            // There was some when the head came. The body may have taken its time.
            body.release();
            return;
        }
        EventLoop loop = context.channel().eventLoop();
        ModelPath named = ModelPath.of(path);
        RequestShape.Path says = named == null ? null : named.says();
        RequestHead request;
        RouteRequest routing;
        try {
            request = loopState.read(body, snapshot.settings().maxJsonDepth(), shape, says);
            if (front == Front.RESPONSES && ResponseStore.goesOn(request, body)) {
                ByteBuf whole = withConversation(body);
                if (whole == null) {
                    return;
                }
                body = whole;
                request = loopState.read(body, snapshot.settings().maxJsonDepth(), front.shape(), null);
            }
            routing = RouteRequests.of(request, body, headers, snapshot.models().keepsSessions(), this::mayUse);
        } catch (RequestProblem problem) {
            body.release();
            caller.refuse(400, "invalid_request_error", problem.code(), problem.param(), problem.text());
            return;
        }
        Optional<ModelTable.Group> group = snapshot.models().find(request.model());
        StaticKey caughtKey = key;
        if (task == Task.COUNT_TOKENS && (group.isEmpty() || !TokenCount.isCounted(group.get()))) {
            countTokens(body, Front.MESSAGES, "input_tokens");
        } else if (group.isPresent() && caughtKey != null && !caughtKey.allows(request.model())) {
            body.release();
            caller.refuse(
                    403,
                    "permission_error",
                    "model_not_allowed",
                    "model",
                    "This key may not use the model '" + shown(request.model()) + "'.");
        } else if (group.isEmpty()) {
            body.release();
            unknownModel(request.model());
        } else if (!server.recorder().accepts()) {
            body.release();
            caller.refuse(
                    ErrorKind.SERVICE_UNAVAILABLE,
                    "record_unavailable",
                    "This gateway cannot write its request record and takes no requests until it can.");
        } else {
            String keyName = owner();
            RequestRecord record =
                    new RequestRecord(caller.requestId(), keyName, group.get().name(), request.stream());
            Framing framing = GeminiQuery.framing(front, target);
            Asked asked = new Asked(front, request, framing, body, forwarded(front), keyName, task);
            exchange = new ChatExchange(server.chat(), loopState, loop, caller, group.get(), routing, asked, record);
            exchange.start();
        }
    }

    /** What providers of this protocol want to see of the caller's headers. */
    private HttpHeaders forwarded(Front front) {
        if (front != Front.MESSAGES) {
            return EmptyHttpHeaders.INSTANCE;
        }
        HttpHeaders some = new DefaultHttpHeaders();
        for (String name : List.of("anthropic-version", "anthropic-beta")) {
            headers.getAll(name).forEach(value -> some.add(name, value));
        }
        return some;
    }

    private boolean mayUse(String model) {
        return key == null || key.allows(model);
    }

    private void unknownModel(String model) {
        StaticKey asker = key;
        List<String> near = snapshot.models().near(model).stream()
                .filter(name -> asker == null || asker.allows(name))
                .toList();
        String message = snapshot.models().isDisabled(model)
                ? "The model '" + shown(model)
                        + "' is configured and cannot be served; the gateway said why when it started."
                : "The model '" + shown(model) + "' does not exist here."
                        + (near.isEmpty()
                                ? " GET /v1/models lists those that do."
                                : " Did you mean '" + String.join("' or '", near) + "'?");
        caller.refuse(404, "invalid_request_error", "model_not_found", "model", message);
    }

    private void preflight() {
        HttpHeaders allowed = new DefaultHttpHeaders();
        allowed.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
        String asked = headers.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null) {
            allowed.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
        allowed.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 600);
        caller.answer(204, allowed, Unpooled.EMPTY_BUFFER);
    }

    void callerGone() {
        if (exchange != null) {
            exchange.callerGone();
        }
    }

    void callerWritable(boolean writable) {
        if (exchange != null) {
            exchange.callerWritable(writable);
        }
    }

    private static String shown(String text) {
        if (text.length() <= 100) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(99)) ? 99 : 100) + "…";
    }
}
