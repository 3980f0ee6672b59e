package dev.thalweg.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A broken frame is refused with an {@link IllegalArgumentException} or read, and what was read can be written. */
class MutationsTest {
    private static final List<String> OTHER_VALUES = List.of(
            "null",
            "0",
            "-1.5e300",
            "1e999",
            "99999999999999999999",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"type\":null}",
            "{\"type\":{}}",
            "{\"type\":[\"text\"]}");
    private static final String CHARACTERS = "{}[]\",:\\0-1e.ntf\u0000\ud800é \u2028";

    @ParameterizedTest
    @EnumSource
    void cutAnywhere(Provider provider) {
        for (String frame : Frames.written(provider)) {
            Class<? extends WireRecord> type = provider.typeOf(frame);
            for (int length = 0; length < frame.stripTrailing().length(); length++) {
                assertThat(isRead(frame.substring(0, length), type)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherValuesInThePlaceOfEach(Provider provider) {
        int[] counts = new int[2];
        for (String frame : Frames.written(provider)) {
            Class<? extends WireRecord> type = provider.typeOf(frame);
            mutations(frame, mutated -> counts[isRead(mutated, type) ? 1 : 0]++);
            OTHER_VALUES.forEach(value -> isRead(value, type));
        }
        assertThat(counts[0]).isPositive();
        assertThat(counts[1]).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void recordedFramesWithAnyCharacterChanged(Provider provider) {
        assumeTrue(Frames.recordings() != null, "name the recordings' directory in THALWEG_RECORDINGS");
        Random random = new Random(7);
        for (String frame : Frames.recorded(provider)) {
            Class<? extends WireRecord> type = provider.typeOf(frame);
            isRead(frame.substring(0, random.nextInt(frame.length())), type);
            for (int i = 0; i < 10; i++) {
                StringBuilder changed = new StringBuilder(frame);
                changed.setCharAt(
                        random.nextInt(frame.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                isRead(changed.toString(), type);
            }
        }
    }

    /** Whether it was; anything thrown but the promised exception fails the test. */
    private static boolean isRead(String json, Class<? extends WireRecord> type) {
        WireRecord read;
        try {
            read = new RawJson(json).as(type);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(type.getName());
            return false;
        }
        assertThat(read).as(json).isNotNull();
        assertThat(JsonMapper.shared().readTree(read.toJson()).isObject()).isTrue();
        return true;
    }

    private static void mutations(String frame, Consumer<String> each) {
        JsonNode root = JsonMapper.shared().readTree(frame);
        for (JsonNode parent : containers(root, new ArrayList<>())) {
            if (parent instanceof ObjectNode object) {
                for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                    JsonNode original = field.getValue();
                    for (String value : OTHER_VALUES) {
                        object.set(field.getKey(), JsonMapper.shared().readTree(value));
                        each.accept(root.toString());
                    }
                    object.remove(field.getKey());
                    each.accept(root.toString());
                    object.set(field.getKey(), original);
                }
            }
        }
    }

    private static List<JsonNode> containers(JsonNode node, List<JsonNode> found) {
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            found.add(node);
            node.forEach(child -> containers(child, found));
        }
        return found;
    }
}
