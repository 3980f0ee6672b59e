package dev.thalweg.core.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenRouter's {@code reasoning_details}: pieces of one detail have its type and index. */
final class ReasoningDetails {
    private static final Set<String> GROWING = Set.of("text", "summary", "data");

    private ReasoningDetails() {}

    /** A signature ends a detail, and two ids are two details. */
    private static boolean isAnother(GrowingObject known, ObjectNode piece) {
        JsonNode id = known.get("id");
        boolean otherId = id.isString() && piece.path("id").isString() && !id.equals(piece.path("id"));
        boolean words =
                GROWING.stream().anyMatch(name -> !piece.path(name).asString("").isEmpty());
        return otherId || (known.get("signature").isString() && words);
    }

    static ArrayNode merge(ArrayNode pieces) {
        List<Object> details = new ArrayList<>();
        Map<List<JsonNode>, GrowingObject> byIndex = new HashMap<>();
        for (JsonNode piece : pieces) {
            if (!(piece instanceof ObjectNode object) || !object.has("index")) {
                details.add(piece);
                continue;
            }
            List<JsonNode> key = List.of(object.path("type"), object.path("index"));
            GrowingObject known = byIndex.get(key);
            if (known != null && !isAnother(known, object)) {
                known.add(object);
            } else {
                GrowingObject begun = new GrowingObject(object, GROWING);
                byIndex.put(key, begun);
                details.add(begun);
            }
        }
        ArrayNode whole = JsonNodeFactory.instance.arrayNode();
        for (Object detail : details) {
            whole.add(detail instanceof GrowingObject grown ? grown.whole() : (JsonNode) detail);
        }
        return whole;
    }
}
