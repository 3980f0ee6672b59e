package dev.thalweg.core.dialect.gemini;

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

    /** The tree of this text. */
    static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /** The tree of these bytes. */
    static JsonNode read(byte[] array, int offset, int length) {
        return MAPPER.readTree(array, offset, length);
    }

    /** The tree as text. */
    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
