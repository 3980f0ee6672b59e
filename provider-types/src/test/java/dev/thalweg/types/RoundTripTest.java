package dev.thalweg.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was read is written as it came. */
class RoundTripTest {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** 1 and 1.0 are the same number. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;
    /** In the recordings, what no component is for. */
    private static final Map<Provider, Set<String>> UNTYPED = Map.of();

    @ParameterizedTest
    @EnumSource
    void everyKindOfFrame(Provider provider) {
        assertThat(Frames.written(provider))
                .hasSizeGreaterThan(4)
                .allSatisfy(frame -> isWrittenAsItCame(provider, frame));
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordedFrame(Provider provider) {
        assumeTrue(Frames.recordings() != null, "name the recordings' directory in THALWEG_RECORDINGS");
        List<String> frames = Frames.recorded(provider);
        System.out.println(provider + ": " + frames.size() + " recorded frames");
        assertThat(frames).hasSizeGreaterThan(20).allSatisfy(frame -> isWrittenAsItCame(provider, frame));
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordedFieldHasItsComponent(Provider provider) {
        assumeTrue(Frames.recordings() != null, "name the recordings' directory in THALWEG_RECORDINGS");
        Set<String> untyped = new TreeSet<>();
        Frames.recorded(provider).forEach(frame -> untyped(provider.read(frame), untyped));
        assertThat(untyped).isEqualTo(UNTYPED.getOrDefault(provider, Set.of()));
    }

    private static void isWrittenAsItCame(Provider provider, String frame) {
        JsonNode written = EXACT.readTree(provider.read(frame).toJson());
        JsonNode came = EXACT.readTree(frame);
        assertThat(came.equals(BY_VALUE, written))
                .as("%s became %s", came, written)
                .isTrue();
    }

    private static void untyped(Object value, Set<String> names) {
        if (value instanceof List<?> list) {
            list.forEach(element -> untyped(element, names));
        } else if (value instanceof WireRecord owner) {
            owner.extra().keySet().forEach(name -> names.add(owner.getClass().getSimpleName() + "." + name));
            components(owner).forEach(component -> untyped(component, names));
        }
    }

    private static List<Object> components(WireRecord owner) {
        List<Object> values = new ArrayList<>();
        RecordShape.of(owner.getClass()).fields().forEach(field -> values.add(field.value(owner)));
        return values;
    }
}
