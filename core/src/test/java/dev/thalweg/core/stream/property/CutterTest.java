package dev.thalweg.core.stream.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chunks the cutter makes are pieces of the answer: added up on trees, they give it again. */
class CutterTest {
    private static final int ROUNDS = 80;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHOLE")
    void theChunksAddUpToTheAnswer(Style style) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Rng rng = new Rng(seed);
            Cut cut = Cutter.cut(Answers.answer(rng), style, rng);
            assertThat(Trees.differences(cut.answer(), NaiveMerge.merge(cut.chunks())))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }
}
