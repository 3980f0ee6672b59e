package dev.thalweg.core.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reader on input that Jazzer makes up after the ways it has found through them. The first byte says which reader. */
class CoverageGuidedFuzz {
    private static final List<Subject> SUBJECTS = ReadersFuzzTest.subjects();

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < SUBJECTS.size(); i++) {
            for (byte[] seed : SUBJECTS.get(i).seeds()) {
                seeds.add(new ByteBuilder(64).append(new byte[] {(byte) i}).append(seed).toBytes());
            }
        }
        return seeds;
    }

    @MethodSource("seeds")
    @DictionaryEntries({
        "\"type\":", "\"role\":", "\"content\":", "\"index\":", "\"error\":", "\"model\":", "\"usage\":", "null", "true", "[]",
        "{}", "\"\"", "-1", "1e999", "\\ud83e", "data: ", "event: error", "data: [DONE]"
    })
    @FuzzTest
    void everyReader(byte[] input) {
        if (input.length > 0) {
            Subject subject = SUBJECTS.get(Math.floorMod(input[0], SUBJECTS.size()));
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            try {
                boolean unused = subject.check().takes(rest, Draws.some(new Random(Arrays.hashCode(rest))));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(subject.name() + ": " + e, e);
            }
        }
    }
}
