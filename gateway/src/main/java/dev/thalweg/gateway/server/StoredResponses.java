package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.gateway.chat.ResponseStore;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/responses/ID}: an answer of before, shown, deleted, or cancelled where that still means something. */
final class StoredResponses {
    /** What stands before the id. */
    static final String PATH = "/v1/responses/";

    static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.DELETE, HttpMethod.POST);

    private static final String CANCEL = "/cancel";
    private static final String ITEMS = "/input_items";

    private StoredResponses() {}

    static void serve(HttpCaller caller, ResponseStore store, HttpMethod method, String path, @Nullable String owner) {
        String rest = path.substring(PATH.length());
        boolean cancels = rest.endsWith(CANCEL);
        boolean items = rest.endsWith(ITEMS);
        String id = rest.substring(0, rest.length() - (cancels ? CANCEL.length() : items ? ITEMS.length() : 0));
        Optional<ResponseStore.Stored> stored = store.find(id, owner);
        if (stored.isEmpty()) {
            caller.refuse(
                    404, "invalid_request_error", "response_not_found", null, "There is no response of this id here.");
        } else if (method.equals(HttpMethod.POST) && cancels) {
            String why = "Only a response that runs in the background can be cancelled; this one is complete.";
            caller.refuse(400, "invalid_request_error", "invalid_value", null, why);
        } else if (method.equals(HttpMethod.DELETE) && !cancels && !items) {
            var _ = store.remove(id, owner);
            String name = JsonMapper.shared().writeValueAsString(id);
            json(caller, "{\"id\":" + name + ",\"object\":\"response\",\"deleted\":true}");
        } else if (method.equals(HttpMethod.GET) && !cancels) {
            json(
                    caller,
                    items
                            ? "{\"object\":\"list\",\"data\":" + stored.get().items() + "}"
                            : stored.get().response());
        } else {
            caller.refuseMethod(cancels ? HttpMethod.POST : HttpMethod.GET, "This path takes another method.");
        }
    }

    private static void json(HttpCaller caller, String json) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        caller.answer(200, headers, Unpooled.wrappedBuffer(Bytes.utf8(json)));
    }
}
