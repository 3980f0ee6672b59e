package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON into a tree that keeps all digits of its numbers. */
final class Nodes {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(128)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Nodes() {}

    /**
     * The tree of this text.
     *
     * @throws JsonSyntaxException when it is none, or has a number beyond Java's
     */
    static JsonNode read(String json) {
        byte[] bytes = Bytes.utf8(json);
        return read(bytes, 0, bytes.length);
    }

    /**
     * The tree of these bytes.
     *
     * @throws JsonSyntaxException when they are none, or have a number beyond Java's
     */
    static JsonNode read(byte[] array, int offset, int length) {
        try {
            return MAPPER.readTree(array, offset, length);
        } catch (JacksonException | NumberFormatException e) {
            throw new JsonSyntaxException("No JSON that can be read", offset);
        }
    }

    /** The tree as text. */
    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
