package dev.thalweg.gateway.server;

import dev.thalweg.config.StaticKey;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.gateway.chat.ModelTable;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answers about routing: where a request would go, and how deployments do. They change nothing. */
final class RoutingEndpoints {
    private RoutingEndpoints() {}

    /** {@code GET /v1/route}: for who may use the model; of what this key may not use nothing is said. */
    static void explain(HttpCaller caller, Snapshot snapshot, @Nullable StaticKey key, String target) {
        RouteQuery query;
        try {
            query = RouteQuery.of(target);
        } catch (RouteQuery.Mistake mistake) {
            refuse(caller, 400, "invalid_parameter_value", mistake.parameter(), mistake.text());
            return;
        }
        Optional<ModelTable.Group> group = snapshot.models().find(query.model());
        if (group.isEmpty()) {
            refuse(caller, 404, "model_not_found", "model", unknown(snapshot, query.model()));
        } else if (key != null && !key.allows(query.model())) {
            caller.refuse(
                    ErrorKind.PERMISSION_DENIED.status(),
                    ErrorKind.PERMISSION_DENIED.type(),
                    "model_not_allowed",
                    "model",
                    "This key may not use this model.");
        } else {
            answer(caller, RouteJson.of(group.get(), query, name -> key == null || key.allows(name)));
        }
    }

    private static String unknown(Snapshot snapshot, String model) {
        return snapshot.models().isDisabled(model)
                ? "This model is configured and cannot be served; the gateway said why when it started."
                : "This model does not exist here. GET /v1/models lists those that do.";
    }

    /** {@code GET /health/deployments}: for the master key; where there is none, of what the key may use. */
    static void deployments(HttpCaller caller, Snapshot snapshot, @Nullable StaticKey key) {
        if (!snapshot.keys().seesAll(key)) {
            caller.refuse(
                    ErrorKind.PERMISSION_DENIED.status(),
                    ErrorKind.PERMISSION_DENIED.type(),
                    "master_key_required",
                    null,
                    "Only the master key may see this.");
            return;
        }
        answer(caller, DeploymentsJson.of(snapshot.models(), name -> key == null || key.allows(name)));
    }

    private static void refuse(HttpCaller caller, int status, String code, @Nullable String param, String message) {
        caller.refuse(status, "invalid_request_error", code, param, message);
    }

    private static void answer(HttpCaller caller, ObjectNode json) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        caller.answer(200, headers, Unpooled.wrappedBuffer(JsonMapper.shared().writeValueAsBytes(json)));
    }
}
