package dev.thalweg.core.stream.property;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees: made, read and compared. */
final class Trees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private Trees() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ObjectNode object(String name, String value) {
        return object().put(name, value);
    }

    static ObjectNode object(String name, JsonNode value) {
        return object().set(name, value);
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static ArrayNode array(JsonNode element) {
        return array().add(element);
    }

    static JsonNode text(String value) {
        return NODES.stringNode(value);
    }

    static JsonNode nothing() {
        return NODES.nullNode();
    }

    static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** The elements from one position up to another, as a list of its own. */
    static ArrayNode slice(JsonNode list, int from, int to) {
        ArrayNode slice = array();
        for (int i = from; i < to; i++) {
            slice.add(list.get(i));
        }
        return slice;
    }

    /** The same members in another order, all the way down. */
    static JsonNode shuffled(JsonNode tree, Random random) {
        if (tree instanceof ArrayNode list) {
            ArrayNode copy = array();
            list.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        if (!(tree instanceof ObjectNode members)) {
            return tree;
        }
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(members.properties());
        Collections.shuffle(entries, random);
        ObjectNode copy = object();
        entries.forEach(entry -> copy.set(entry.getKey(), shuffled(entry.getValue(), random)));
        return copy;
    }

    /** Where two trees differ, each as "path: what and what". A null member is as good as none. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        compare("", read(expected.toString()), read(actual.toString()), found);
        return found;
    }

    private static void compare(String path, JsonNode expected, JsonNode actual, List<String> found) {
        if (isNothing(expected) && isNothing(actual)) {
            return;
        }
        if (expected instanceof ObjectNode && actual instanceof ObjectNode) {
            TreeSet<String> names = new TreeSet<>(expected.propertyNames());
            names.addAll(actual.propertyNames());
            names.forEach(name -> compare(path + "." + name, expected.path(name), actual.path(name), found));
        } else if (expected instanceof ArrayNode && actual instanceof ArrayNode) {
            if (expected.size() != actual.size()) {
                found.add(path + ": " + expected.size() + " elements expected, got " + brief(actual));
                return;
            }
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[" + i + "]", expected.get(i), actual.get(i), found);
            }
        } else if (!same(expected, actual)) {
            boolean rounded = expected.isNumber() && actual.isNumber() && expected.asDouble() == actual.asDouble();
            found.add(path + (rounded ? ": rounded, expected " : ": expected ") + brief(expected) + ", got "
                    + brief(actual));
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return new BigDecimal(expected.asString()).compareTo(new BigDecimal(actual.asString())) == 0;
        }
        return expected.equals(actual);
    }

    private static boolean isNothing(JsonNode node) {
        return node.isNull() || node.isMissingNode();
    }

    private static String brief(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= 160 ? text : text.substring(0, 80) + " … " + text.substring(text.length() - 60);
    }
}
