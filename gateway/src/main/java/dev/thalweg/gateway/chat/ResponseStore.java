package dev.thalweg.gateway.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.thalweg.config.Settings;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers of {@code /v1/responses} that callers may come back to by their id, whoever gave them: for a time, up to so many
 * bytes, each for its owner only. Older ones go first. They live in this process and are gone with it. Thread-safe.
 */
public final class ResponseStore {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What every entry costs beside its texts. */
    private static final int ENTRY_BYTES = 500;

    private static final ByteBuf REFERENCE = Unpooled.wrappedBuffer(Bytes.utf8("\"item_reference\""));

    private final Cache<ResponseKey, Stored> responses;

    /** Which response an item is of. */
    private final Cache<ResponseKey, ResponseKey> homes;

    private volatile long bytes;
    private volatile Duration time;

    /**
     * An answer with the conversation it ends.
     *
     * @param response the response object, as JSON
     * @param items the conversation's items up to and with the answer's, as a JSON array
     */
    public record Stored(String response, String items) {}

    /** A store with the limits of these settings. */
    public ResponseStore(Settings settings) {
        this.bytes = settings.maxStoredResponseBytes();
        this.time = settings.storedResponseTime();
        this.responses = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((ResponseKey key, Stored one) -> weight(one))
                .expireAfter(Expiry.<ResponseKey, Stored>writing((key, one) -> time))
                .build();
        this.homes = Caffeine.newBuilder()
                .maximumSize(mostItems())
                .expireAfter(Expiry.<ResponseKey, ResponseKey>writing((key, home) -> time))
                .build();
    }

    /** Other limits, from now on. */
    public void apply(Settings settings) {
        bytes = settings.maxStoredResponseBytes();
        time = settings.storedResponseTime();
        responses.policy().eviction().ifPresent(limit -> limit.setMaximum(bytes));
        homes.policy().eviction().ifPresent(limit -> limit.setMaximum(mostItems()));
    }

    private long mostItems() {
        return bytes / ENTRY_BYTES;
    }

    private static int weight(Stored one) {
        return ENTRY_BYTES + 2 * (one.response().length() + one.items().length());
    }

    /**
     * Keeps an answer, unless its request said not to.
     *
     * @param request the request's body, with the conversation so far in its {@code input}
     * @param response the response object
     */
    void keep(@Nullable String owner, byte[] request, byte[] response) {
        try {
            JsonNode asked = JSON.readTree(request);
            JsonNode answer = JSON.readTree(response);
            String id = answer.path("id").asString("");
            if (bytes == 0 || id.isEmpty() || !asked.path("store").asBoolean(true)) {
                return;
            }
            ResponseKey key = new ResponseKey(owner, id);
            ArrayNode items = items(asked.path("input"));
            for (JsonNode item : answer.path("output")) {
                items.add(item);
                homes.put(new ResponseKey(owner, item.path("id").asString("")), key);
            }
            responses.put(key, new Stored(JSON.writeValueAsString(answer), JSON.writeValueAsString(items)));
        } catch (JacksonException e) {
            // What is no response cannot be come back to.
        }
    }

    /** The answer of this id, for whom it belongs to. */
    public Optional<Stored> find(String id, @Nullable String owner) {
        return Optional.ofNullable(responses.getIfPresent(new ResponseKey(owner, id)));
    }

    /** Forgets the answer of this id; false where there is none for this owner. */
    public boolean remove(String id, @Nullable String owner) {
        boolean there = find(id, owner).isPresent();
        if (there) {
            responses.invalidate(new ResponseKey(owner, id));
        }
        return there;
    }

    /** Whether a request goes on from what this store may have: by its response's id, or by an item's. */
    public static boolean goesOn(RequestHead request, ByteBuf body) {
        return request.place("previous_response_id") != null || ByteBufUtil.indexOf(REFERENCE, body) >= 0;
    }

    /**
     * The request of this body with the whole conversation in place of {@code previous_response_id}, and the items themselves
     * in place of references to them; a reference to what is not here stays. Empty without that response.
     */
    public Optional<byte[]> expanded(byte[] body, @Nullable String owner) {
        JsonNode read;
        try {
            read = JSON.readTree(body);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!(read instanceof ObjectNode request)) {
            return Optional.empty();
        }
        ArrayNode conversation = JSON.createArrayNode();
        if (request.hasNonNull("previous_response_id")) {
            Optional<Stored> before = find(request.path("previous_response_id").asString(""), owner);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            conversation = (ArrayNode) JSON.readTree(before.get().items());
            request.remove("previous_response_id");
        }
        for (JsonNode item : items(request.path("input"))) {
            boolean reference = item.path("type").asString("").equals("item_reference");
            conversation.add(
                    reference ? item(item.path("id").asString(""), owner).orElse(item) : item);
        }
        request.set("input", conversation);
        return Optional.of(JSON.writeValueAsBytes(request));
    }

    /** The item of this id in an answer that is kept for this owner. */
    private Optional<JsonNode> item(String id, @Nullable String owner) {
        ResponseKey home = homes.getIfPresent(new ResponseKey(owner, id));
        if (home == null) {
            return Optional.empty();
        }
        return find(home.id(), owner)
                .flatMap(stored -> JSON.readTree(stored.response())
                        .path("output")
                        .valueStream()
                        .filter(item -> item.path("id").asString("").equals(id))
                        .findFirst());
    }

    private static ArrayNode items(JsonNode input) {
        ArrayNode items = JSON.createArrayNode();
        if (input.isString()) {
            items.addObject().put("role", "user").put("content", input.asString());
        } else {
            input.forEach(items::add);
        }
        return items;
    }

    /** The response object in the last event of a stream that ends in these bytes; empty where it is in none. */
    static byte[] lastResponse(byte[] stream) {
        String text = new String(stream, StandardCharsets.UTF_8);
        int data = text.lastIndexOf("\ndata: {");
        if (data < 0) {
            return new byte[0];
        }
        int end = text.indexOf('\n', data + 1);
        String event = text.substring(data + 7, end < 0 ? text.length() : end);
        try {
            return JSON.writeValueAsBytes(JSON.readTree(event).path("response"));
        } catch (JacksonException e) {
            return new byte[0];
        }
    }
}
