package dev.thalweg.core.stream;

import dev.thalweg.model.RawJson;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts JSON together that came in pieces. What cannot be read is not put together: the last piece stands for all, because
 * an answer must not fail for a field nobody asked for.
 */
final class JsonMerge {
    /** Numbers keep all their digits, and no size is refused: frames are bounded where they are read. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What grows in the pieces of an audio. */
    private static final Set<String> SPOKEN = Set.of("data", "transcript");

    private JsonMerge() {}

    /** A field that has no word of its own: objects are merged, lists joined, of anything else the last one counts. */
    static RawJson field(String name, List<RawJson> pieces) {
        boolean details = name.equals("reasoning_details");
        if (pieces.size() == 1 && !details) {
            return pieces.get(0);
        }
        try {
            JsonNode merged = MAPPER.missingNode();
            for (RawJson piece : pieces) {
                merged = merge(merged, MAPPER.readTree(piece.text()));
            }
            return raw(details && merged instanceof ArrayNode list ? ReasoningDetails.merge(list) : merged);
        } catch (JacksonException | NumberFormatException e) {
            return pieces.get(pieces.size() - 1);
        }
    }

    /** Objects whose lists are joined: logprobs. */
    static RawJson lists(List<RawJson> pieces) {
        return field("", pieces);
    }

    /** An audio: its data and its transcript grow. */
    static RawJson audio(List<RawJson> pieces) {
        GrowingObject whole = new GrowingObject(MAPPER.createObjectNode(), SPOKEN);
        try {
            for (RawJson piece : pieces) {
                if (MAPPER.readTree(piece.text()) instanceof ObjectNode object) {
                    whole.add(object);
                }
            }
        } catch (JacksonException | NumberFormatException e) {
            // What could be read is the audio.
        }
        return raw(whole.whole());
    }

    private static JsonNode merge(JsonNode before, JsonNode piece) {
        if (before instanceof ObjectNode object && piece instanceof ObjectNode more) {
            more.forEachEntry((name, value) -> {
                JsonNode old = object.get(name);
                if (old == null) {
                    object.set(name, value);
                } else if (!value.isNull()) {
                    object.set(name, merge(old, value));
                }
            });
            return object;
        }
        if (before instanceof ArrayNode list && piece instanceof ArrayNode more) {
            return list.addAll(more);
        }
        return piece;
    }

    private static RawJson raw(JsonNode node) {
        return new RawJson(MAPPER.writeValueAsString(node));
    }
}
