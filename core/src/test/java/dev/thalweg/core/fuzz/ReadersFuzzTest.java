package dev.thalweg.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader on mutations of good input: always the same ones, for seconds; with {@code -Dfuzz.minutes=N} others every time,
 * for so long. {@code -Dfuzz.only} names one reader or some, {@code -Dfuzz.seed} where to begin.
 */
class ReadersFuzzTest {
    private static final int RUNS = 300;
    private static final int LONG = 4_000;
    static final double MINUTES = Double.parseDouble(System.getProperty("fuzz.minutes", "0"));
    private static final long SEED =
            Long.getLong("fuzz.seed", MINUTES > 0 ? System.currentTimeMillis() * 1_000_000 : 1_000_000);

    static List<Subject> subjects() {
        return Subject.all().stream()
                .filter(subject -> subject.name().contains(System.getProperty("fuzz.only", "")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void takesItOrRefusesItInItsOwnWay(Subject subject) throws InterruptedException {
        double taken = new Fuzzing(subject).run(SEED, wanted());
        assertThat(taken).as("part of the inputs that was taken").isGreaterThan(0.02);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void goodInputMayBeCutAnywhere(Subject subject) {
        for (byte[] seed : subject.seeds()) {
            Random random = new Random(1);
            Draws draws = seed.length < LONG ? Draws.everywhere(random) : Draws.some(random);
            boolean unused = subject.check().takes(seed, draws);
        }
    }

    private static LongPredicate wanted() {
        if (MINUTES == 0) {
            return run -> run < RUNS;
        }
        long end = System.nanoTime() + (long) (MINUTES * 60e9 / subjects().size());
        return run -> run == 0 || System.nanoTime() < end;
    }
}
