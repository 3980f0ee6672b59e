package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.EditDistance;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormsTest {
    @ParameterizedTest
    @CsvSource({
        "600, 600000",
        "0.5, 500",
        "1., 1000",
        "500ms, 500",
        "5s, 5000",
        "2m, 120000",
        "1h, 3600000",
        "1.5 m, 90000"
    })
    void durations(String text, long milliseconds) {
        assertThat(Durations.parse(text)).hasMillis(milliseconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "5d", "m", "1e3", ".inf", "five", "1m30s"})
    void noDurations(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "32MiB, 33554432", "8MB, 8000000", "1.5KiB, 1536", "2 gib, 2147483648", "7B, 7"})
    void sizes(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "MiB", "1 TiBs", "1XB", "999999999999999GiB"})
    void noSizes(String text) {
        assertThat(ByteSizes.parse(text)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a*, abc, true",
        "*, '', true",
        "groq/*, openai/x, false",
        "*a*b, xaaxb, true",
        "a*b, ab, true",
        "a*b, ac, false",
        "'', a, false"
    })
    void wildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "model, modle, 1", "model, mdole, 2", "kitten, sitting, 3", "'', ab, 2"})
    void distances(String left, String right, int distance) {
        assertThat(EditDistance.between(left, right)).isEqualTo(distance);
    }

    @Test
    void everyKnownWordHasOneMeaningInItsSection() {
        for (KnownKeys section : KnownKeys.SECTIONS) {
            assertThat(Collections.disjoint(section.inEffect(), section.notInEffect()))
                    .isTrue();
            assertThat(Collections.disjoint(section.inEffect(), section.otherWords()))
                    .isTrue();
            assertThat(Collections.disjoint(section.notInEffect(), section.otherWords()))
                    .isTrue();
        }
    }
}
