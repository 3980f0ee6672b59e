package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A conversation up to and with an answer, for the request that goes on from it by {@code previous_response_id}: the items
 * that were sent and those that came back, as they were spelled. Instructions are not part of it, each request brings its own.
 * Where and how long it is kept is for others to say. Immutable.
 *
 * @param id the answer's id
 * @param items a JSON array
 */
public record StoredResponse(String id, String items) {
    /**
     * What a request and its answer leave behind.
     *
     * @param request the request's body
     * @param previous what the request went on from; null: nothing
     * @param response the whole response object, as it was written for the caller
     * @throws RequestProblem when one of them is not what it should be
     */
    public static StoredResponse of(byte[] request, @Nullable StoredResponse previous, byte[] response) {
        JsonFields asked = JsonFields.body(request, 0, request.length);
        JsonFields answered = JsonFields.body(response, 0, response.length);
        ByteBuilder items = new ByteBuilder(1024).ascii("[");
        if (previous != null) {
            append(items, previous.value(), "items");
        }
        JsonValue input = asked.get("input");
        if (input != null && JsonFields.kind(input) == '"') {
            separate(items)
                    .ascii("{\"type\":\"message\",\"role\":\"user\",\"content\":")
                    .append(input.array(), input.start(), input.end() - input.start())
                    .ascii("}");
        } else if (input != null) {
            append(items, input, "input");
        }
        JsonValue output = answered.get("output");
        if (output != null) {
            append(items, output, "output");
        }
        return new StoredResponse(answered.text("id", ""), items.ascii("]").toString());
    }

    JsonValue value() {
        byte[] bytes = Bytes.utf8(items);
        return new JsonValue().set(bytes, 0, bytes.length);
    }

    private static void append(ByteBuilder items, JsonValue list, String path) {
        for (JsonValue element : JsonFields.list(list, path)) {
            separate(items).append(element.array(), element.start(), element.end() - element.start());
        }
    }

    private static ByteBuilder separate(ByteBuilder items) {
        return items.length() > 1 ? items.ascii(",") : items;
    }
}
