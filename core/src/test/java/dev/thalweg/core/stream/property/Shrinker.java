package dev.thalweg.core.stream.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes away from chunks that fail all that the failure does not need. */
final class Shrinker {
    private static final int ATTEMPTS = 3000;
    private static final Set<String> KEPT = Set.of("index", "type", "name", "function", "custom", "thinking");

    private final Predicate<List<ObjectNode>> fails;
    private List<ObjectNode> chunks;
    private int attempts;

    private Shrinker(List<ObjectNode> chunks, Predicate<List<ObjectNode>> fails) {
        this.chunks = chunks;
        this.fails = fails;
    }

    static List<ObjectNode> shrink(List<ObjectNode> chunks, Predicate<List<ObjectNode>> fails) {
        Shrinker shrinker = new Shrinker(chunks, fails);
        int before;
        do {
            before = shrinker.chunks.toString().length();
            shrinker.fewerChunks();
            for (int i = 0; i < shrinker.chunks.size(); i++) {
                shrinker.less(i);
            }
        } while (shrinker.chunks.toString().length() < before && shrinker.attempts < ATTEMPTS);
        return shrinker.chunks;
    }

    private void fewerChunks() {
        for (int size = chunks.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from + size <= chunks.size(); ) {
                List<ObjectNode> rest = new ArrayList<>(chunks);
                rest.subList(from, from + size).clear();
                if (!tried(rest)) {
                    from += size;
                }
            }
        }
    }

    /** Tries every change of one chunk that makes it smaller. */
    private void less(int position) {
        int change = 0;
        while (attempts < ATTEMPTS) {
            ObjectNode copy = chunks.get(position).deepCopy();
            int[] left = {change};
            if (!change(copy, left)) {
                return;
            }
            List<ObjectNode> rest = new ArrayList<>(chunks);
            rest.set(position, copy);
            if (!tried(rest)) {
                change++;
            }
        }
    }

    /** Makes the change of this number, counted from the root; false where there are not so many. */
    private static boolean change(JsonNode tree, int[] left) {
        if (tree instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (!KEPT.contains(name) && left[0]-- == 0) {
                    object.remove(name);
                    return true;
                }
                JsonNode value = object.get(name);
                if (value.isString() && value.stringValue().length() > 3 && !KEPT.contains(name) && left[0]-- == 0) {
                    object.put(name, value.stringValue().substring(0, 2));
                    return true;
                }
                if (change(value, left)) {
                    return true;
                }
            }
        } else if (tree instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (left[0]-- == 0) {
                    list.remove(i);
                    return true;
                }
                if (change(list.get(i), left)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean tried(List<ObjectNode> smaller) {
        attempts++;
        if (attempts > ATTEMPTS || !fails.test(smaller)) {
            return false;
        }
        chunks = smaller;
        return true;
    }
}
