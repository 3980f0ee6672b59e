package dev.thalweg.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.Recordings.Recording;
import dev.thalweg.core.stream.property.Pipeline;
import dev.thalweg.testkit.Cuts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What real providers streamed is put together to the same answer, to the byte, however it is cut. */
class RecordedAnswersTest {
    private static final int CUTS = 20;

    @Test
    void anAnswerIsTheSameHoweverItsStreamIsCut() {
        assumeTrue(
                Recordings.directory() != null,
                "no recordings of providers on this machine: name their directory in THALWEG_RECORDINGS");
        List<Recording> answers = Recordings.streams().stream()
                .filter(recording -> !recording.text().contains("\"error\":{"))
                .toList();
        assertThat(answers).hasSizeGreaterThan(25);
        answers.parallelStream().forEach(recording -> {
            String whole = Pipeline.stream(List.of(recording.bytes()));
            Cuts.random(
                    recording.bytes(),
                    recording.name().hashCode(),
                    CUTS,
                    pieces -> assertThat(Pipeline.stream(pieces)).isEqualTo(whole));
        });
    }
}
