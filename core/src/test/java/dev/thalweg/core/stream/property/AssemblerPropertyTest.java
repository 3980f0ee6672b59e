package dev.thalweg.core.stream.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Cuts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any answer, cut in the way of any provider and sent in any pieces of bytes, is put together to itself. More answers
 * with {@code -Dthalweg.property.rounds=1000}, others with {@code -Dthalweg.property.seed=7}.
 */
class AssemblerPropertyTest {
    private static final int ROUNDS = Integer.getInteger("thalweg.property.rounds", 40);
    private static final long SEED = Long.getLong("thalweg.property.seed", 0);
    private static final int CUT_SETS = 3;
    private static final int SHORT = 2000;
    private static final int EVERYWHERE = 1;

    private final Coverage coverage = new Coverage();
    private final Findings findings = new Findings();

    @Test
    void anyAnswerCutInAnyWayIsPutTogetherToItself() throws IOException {
        for (Style style : Style.values()) {
            int everywhere = EVERYWHERE;
            int rounds = style == Style.ANY ? 4 * ROUNDS : ROUNDS;
            for (int round = 0; round < rounds; round++) {
                everywhere -= round(style, (SEED * rounds + round) * 100 + style.ordinal(), everywhere > 0) ? 1 : 0;
            }
        }
        String unknown = findings.unknown();
        String report = coverage.report() + "\n## Known differences\n\n" + findings.known()
                + "\n## Other differences\n\n" + (unknown.isEmpty() ? "None.\n" : unknown);
        System.out.println(report);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("assembler-property.md"), report);
        assertThat(unknown).isEmpty();
    }

    /** One answer; true if its stream was cut everywhere. */
    private boolean round(Style style, long seed, boolean everywhere) {
        Rng rng = new Rng(seed);
        Cut cut = Cutter.cut(Answers.answer(rng), style, rng);
        SseWriter writer = new SseWriter(rng);
        byte[] bytes = writer.write(cut.chunks(), cut.habits().done);
        document(cut, writer, seed);
        String whole;
        try {
            whole = Pipeline.stream(List.of(bytes));
        } catch (RuntimeException | AssertionError e) {
            findings.add(cut, seed, "broken: " + e);
            return false;
        }
        Findings.differences(cut.answer(), whole).forEach(found -> findings.add(cut, seed, found));
        Cuts.random(
                bytes,
                seed,
                CUT_SETS,
                pieces -> assertThat(Pipeline.stream(pieces)).isEqualTo(whole));
        boolean all = everywhere && bytes.length < SHORT;
        if (all) {
            Cuts.everywhere(bytes, pieces -> assertThat(Pipeline.stream(pieces)).isEqualTo(whole));
        }
        coverage.count(cut, writer, bytes.length, CUT_SETS + 1 + (all ? bytes.length + 4 : 0));
        return all;
    }

    /** The whole answer as one document, in its plain form and as another provider may spell it. */
    private void document(Cut cut, SseWriter writer, long seed) {
        ObjectNode answer = cut.answer();
        for (ObjectNode spelling : List.of(answer, Spelling.of(answer, new Rng(seed)))) {
            List<String> differences;
            try {
                differences = Findings.differences(answer, Pipeline.document(writer.json(spelling)));
            } catch (RuntimeException | AssertionError e) {
                differences = List.of("broken: " + e);
            }
            differences.forEach(found -> findings.addDocument(cut.style(), spelling, seed, found));
        }
    }
}
