package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.chat.ResponseStore;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/responses/ID}: an answer of before, shown or deleted, or cancelled while it is still being written. */
final class StoredResponses {
    /** What stands before the id. */
    static final String PATH = "/v1/responses/";

    static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.DELETE, HttpMethod.POST);

    private static final String CANCEL = "/cancel";
    private static final String ITEMS = "/input_items";

    private final HttpCaller caller;
    private final ChatService chat;
    private final Executor loop;
    private final @Nullable String owner;

    /**
     * What one caller sees of them.
     *
     * @param loop the event loop he lives on
     * @param owner his key by its name; null where none is needed
     */
    StoredResponses(HttpCaller caller, ChatService chat, Executor loop, @Nullable String owner) {
        this.caller = caller;
        this.chat = chat;
        this.loop = loop;
        this.owner = owner;
    }

    void serve(HttpMethod method, String path) {
        String rest = path.substring(PATH.length());
        boolean cancels = rest.endsWith(CANCEL);
        boolean items = rest.endsWith(ITEMS);
        String id = rest.substring(0, rest.length() - (cancels ? CANCEL.length() : items ? ITEMS.length() : 0));
        if (method.equals(HttpMethod.POST) && cancels) {
            cancel(id);
            return;
        }
        Optional<ResponseStore.Stored> stored = chat.responses().find(id, owner);
        if (stored.isEmpty()) {
            unknown();
        } else if (method.equals(HttpMethod.DELETE) && !cancels && !items) {
            var _ = chat.responses().remove(id, owner);
            String name = JsonMapper.shared().writeValueAsString(id);
            json("{\"id\":" + name + ",\"object\":\"response\",\"deleted\":true}");
        } else if (method.equals(HttpMethod.GET) && !cancels) {
            json(
                    items
                            ? "{\"object\":\"list\",\"data\":" + stored.get().items() + "}"
                            : stored.get().response());
        } else {
            caller.refuseMethod(cancels ? HttpMethod.POST : HttpMethod.GET, "This path takes another method.");
        }
    }

    /** One that is being written lives on its own event loop and is ended there; its caller there is told first. */
    private void cancel(String id) {
        boolean running = chat.cancel(
                id,
                owner,
                response -> loop.execute(() -> {
                    if (response == null) {
                        cancelEnded(id);
                    } else {
                        json(response);
                    }
                }));
        if (!running) {
            cancelEnded(id);
        }
    }

    /** Who cancels twice gets the same answer twice. */
    private void cancelEnded(String id) {
        Optional<ResponseStore.Stored> stored = chat.responses().find(id, owner);
        if (stored.isEmpty()) {
            unknown();
        } else if (isCancelled(stored.get())) {
            json(stored.get().response());
        } else {
            caller.refuse(400, "invalid_request_error", "invalid_value", null, "Cannot cancel a completed response.");
        }
    }

    private static boolean isCancelled(ResponseStore.Stored stored) {
        return JsonMapper.shared()
                .readTree(stored.response())
                .path("status")
                .asString("")
                .equals("cancelled");
    }

    private void unknown() {
        caller.refuse(
                404, "invalid_request_error", "response_not_found", null, "There is no response of this id here.");
    }

    private void json(String json) {
        json(Bytes.utf8(json));
    }

    private void json(byte[] json) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        caller.answer(200, headers, Unpooled.wrappedBuffer(json));
    }
}
