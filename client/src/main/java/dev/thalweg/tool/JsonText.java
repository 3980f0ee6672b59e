package dev.thalweg.tool;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** JSON as Jackson has it, which no public signature shows. */
final class JsonText {
    private static final int MOST_SHOWN = 40;

    /** Numbers keep all digits; what follows the value is an error; sources are not quoted in messages. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonText() {}

    static JsonNode parse(String root, String json) {
        if (json.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new JsonInputException(root + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    /** A value of the caller's as JSON. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** What a value is, in words; short text as it is. */
    static String nameOf(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            return text.length() > MOST_SHOWN ? "text of " + text.length() + " characters" : node.toString();
        }
        return switch (node.getNodeType()) {
            case NUMBER -> node.toString().length() > MOST_SHOWN ? "a number" : "the number " + node;
            case BOOLEAN -> node.toString();
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
