package dev.thalweg.core.stream;

import dev.thalweg.model.RawJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts JSON together that came in pieces. */
final class JsonMerge {
    /** Numbers keep all their digits. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What grows in the pieces of an audio. */
    private static final Set<String> SPOKEN = Set.of("data", "transcript");

    /** What grows in the pieces of OpenRouter's reasoning details. */
    private static final Set<String> THOUGHT = Set.of("text", "summary", "data");

    private JsonMerge() {}

    /** A field that has no word of its own: objects are merged, lists joined, of anything else the last one counts. */
    static RawJson field(String name, List<RawJson> pieces) {
        if (pieces.size() == 1 && !name.equals("reasoning_details")) {
            return pieces.get(0);
        }
        JsonNode merged = MAPPER.missingNode();
        for (RawJson piece : pieces) {
            merged = merge(merged, MAPPER.readTree(piece.text()));
        }
        if (name.equals("reasoning_details") && merged instanceof ArrayNode details) {
            merged = details(details);
        }
        return raw(merged);
    }

    /** Objects whose lists are joined: logprobs. */
    static RawJson lists(List<RawJson> pieces) {
        return field("", pieces);
    }

    /** An audio: its data and its transcript grow. */
    static RawJson audio(List<RawJson> pieces) {
        ObjectNode whole = MAPPER.createObjectNode();
        for (RawJson piece : pieces) {
            if (MAPPER.readTree(piece.text()) instanceof ObjectNode object) {
                grow(whole, object, SPOKEN);
            }
        }
        return raw(whole);
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

    /** Pieces of one detail have its type and index. */
    private static ArrayNode details(ArrayNode pieces) {
        ArrayNode whole = MAPPER.createArrayNode();
        for (JsonNode piece : pieces) {
            ObjectNode same = piece instanceof ObjectNode object && object.has("index") ? last(whole, object) : null;
            if (same == null) {
                whole.add(piece);
            } else {
                grow(same, (ObjectNode) piece, THOUGHT);
            }
        }
        return whole;
    }

    private static @Nullable ObjectNode last(ArrayNode whole, ObjectNode piece) {
        for (int i = whole.size() - 1; i >= 0; i--) {
            if (whole.get(i) instanceof ObjectNode object
                    && object.path("index").equals(piece.path("index"))
                    && object.path("type").equals(piece.path("type"))) {
                return object;
            }
        }
        return null;
    }

    private static void grow(ObjectNode whole, ObjectNode piece, Set<String> growing) {
        piece.forEachEntry((name, value) -> {
            JsonNode old = whole.get(name);
            if (old != null && old.isString() && value.isString() && growing.contains(name)) {
                whole.put(name, old.stringValue() + value.stringValue());
            } else if (old == null || !value.isNull()) {
                whole.set(name, value);
            }
        });
    }

    private static RawJson raw(JsonNode node) {
        return new RawJson(MAPPER.writeValueAsString(node));
    }
}
