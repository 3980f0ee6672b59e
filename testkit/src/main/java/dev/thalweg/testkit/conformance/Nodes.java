package dev.thalweg.testkit.conformance;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON as strictly as its grammar is: no key twice, nothing after the end, and the type that is asked for. */
final class Nodes {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Nodes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Reads one JSON value. */
    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new Malformed("expected JSON, got " + json + " (" + e.getOriginalMessage() + ")");
        }
    }

    /** Whether this is one JSON value. */
    static boolean isJson(String text) {
        try {
            return !MAPPER.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Whether both say the same; texts that are not JSON have to be equal. */
    static boolean sameJson(String one, String other) {
        try {
            return one.equals(other) || MAPPER.readTree(one).equals(MAPPER.readTree(other));
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The member, which must be a string. */
    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        Malformed.unless(value.isString(), "a string '" + name + "'", node);
        return value.asString();
    }

    /** The member if it is a string, else empty: absent, null or something else. */
    static String textOrEmpty(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : "";
    }

    /** The member, which must be a whole number of at least 0. */
    static int count(JsonNode node, String name) {
        JsonNode value = node.path(name);
        Malformed.unless(value.isInt() && value.asInt() >= 0, "a count '" + name + "'", node);
        return value.asInt();
    }

    /** The member if it is a whole number, else 0. */
    static int countOrZero(JsonNode node, String name) {
        return node.path(name).isInt() ? node.path(name).asInt() : 0;
    }

    /** The elements of the member, which must be an array. */
    static List<JsonNode> list(JsonNode node, String name) {
        JsonNode value = node.path(name);
        Malformed.unless(value.isArray(), "an array '" + name + "'", node);
        return List.copyOf(value.values());
    }

    /** The elements of the member; none where it is not an array. */
    static List<JsonNode> listOrNone(JsonNode node, String name) {
        return node.path(name).isArray() ? list(node, name) : List.of();
    }

    /** The member must have this text. */
    static void is(JsonNode node, String name, String expected) {
        Malformed.unless(textOrEmpty(node, name).equals(expected), "'" + name + "' to be \"" + expected + "\"", node);
    }
}
