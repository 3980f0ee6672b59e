package dev.thalweg.core.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object that comes in pieces, in which some texts grow; of any other member the last value counts. */
final class GrowingObject {
    private final ObjectNode whole;
    private final Set<String> growing;
    private final Map<String, StringBuilder> texts = new HashMap<>();

    GrowingObject(ObjectNode first, Set<String> growing) {
        this.whole = first;
        this.growing = growing;
    }

    void add(ObjectNode piece) {
        piece.forEachEntry((name, value) -> {
            JsonNode old = whole.get(name);
            if (old != null && old.isString() && value.isString() && growing.contains(name)) {
                texts.computeIfAbsent(name, n -> new StringBuilder(old.stringValue()))
                        .append(value.stringValue());
            } else if (old == null || !value.isNull()) {
                whole.set(name, value);
            }
        });
    }

    /** A member that does not grow; missing where there is none. */
    JsonNode get(String name) {
        return whole.path(name);
    }

    ObjectNode whole() {
        texts.forEach((name, text) -> whole.put(name, text.toString()));
        return whole;
    }
}
