package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.model.LoopLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopLimitsTest {
    private static final LoopLimits OFF = LoopLimits.of(0);

    @ParameterizedTest
    @CsvSource({
        "100, 100, 1000, 400, 400, 1600",
        "10, 10, 1000, 40, 40, 160",
        "5000, 5000, 5000, 20000, 20000, 80000",
        "0, 0, 0, 0, 0, 0",
        "-1, 0, 0, 0, 0, 0",
        "2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647"
    })
    void allLimitsFollowFromTheOneForText(
            int text, int reasoning, int shortDeltas, int cycle, int arguments, int argumentCycle) {
        LoopLimits limits = LoopLimits.of(text);
        assertThat(limits)
                .hasToString("LoopLimits[text=" + Math.max(0, text) + ", reasoning=" + reasoning + ", shortDeltas="
                        + shortDeltas + ", cycle=" + cycle + ", arguments=" + arguments + "]");
        assertThat(limits.argumentCycle()).isEqualTo(argumentCycle);
    }

    @Test
    void theDefaultIsAHundred() {
        assertThat(LoopLimits.defaults()).isEqualTo(LoopLimits.of(100));
    }

    @Test
    void eachCheckCanBeSwitchedOnAlone() {
        assertThat(loop(OFF.withReasoning(3), "reasoning", "Hm. ")).isEqualTo(3);
        assertThat(loop(OFF.withReasoning(3), "content", "Hm. ")).isZero();
        assertThat(loop(OFF.withShortDeltas(3), "content", ".")).isEqualTo(3);
        assertThat(loop(OFF.withShortDeltas(3), "content", "...")).isZero();
        assertThat(loop(OFF.withCycle(10), "content", "to ", "and ", "fro ")).isEqualTo(10);
        assertThat(loop(OFF.withCycle(10), "reasoning", "to ", "and ", "fro ")).isEqualTo(10);
        assertThat(loop(OFF.withCycle(10), "content", "same ")).isZero();
    }

    @Test
    void eachCheckCanBeSwitchedOffAlone() {
        LoopLimits all = LoopLimits.of(10);
        assertThat(loop(all.withReasoning(0), "reasoning", "Hm. ")).isZero();
        assertThat(loop(all.withShortDeltas(0), "content", ".")).isZero();
        assertThat(loop(all.withShortDeltas(0), "content", ".", ",")).isZero();
        assertThat(loop(all.withCycle(0), "content", "to ", "fro ")).isZero();
        assertThat(loop(all.withCycle(0), "content", "same ")).isEqualTo(10);
    }

    @Test
    void aCycleOfShortDeltasNeedsBothLimits() {
        assertThat(loop(OFF.withCycle(10).withShortDeltas(25), "content", "0", ","))
                .isEqualTo(25);
        assertThat(loop(OFF.withCycle(30).withShortDeltas(25), "content", "0", ","))
                .isEqualTo(30);
    }

    @Test
    void fewerThanThreeRoundsAreNoCycleHoweverLowTheLimit() {
        assertThat(loop(OFF.withCycle(2), "content", "one ", "two ")).isEqualTo(6);
        assertThat(loop(OFF.withCycle(2), "content", "a b ", "c d ", "e f ", "g h ", "i j ", "k l ", "m n ", "o p "))
                .isEqualTo(24);
    }

    /** After how many deltas these, in turn, are a loop; 0 if not within 500. */
    private static int loop(LoopLimits limits, String member, String... deltas) {
        StreamObserver observer = new StreamObserver(limits);
        for (int i = 0; i < 500; i++) {
            String text = List.of(deltas).get(i % deltas.length);
            byte[] frame = "{\"choices\":[{\"index\":0,\"delta\":{\"%s\":\"%s\"}}]}"
                    .formatted(member, text)
                    .getBytes(StandardCharsets.UTF_8);
            new ResponseReader().read(frame, 0, frame.length, observer);
            if (observer.looped()) {
                return i + 1;
            }
        }
        return 0;
    }
}
