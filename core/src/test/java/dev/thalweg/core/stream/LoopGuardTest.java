package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.testkit.LoopCase;
import dev.thalweg.testkit.LoopCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of streams that repeat themselves, read by the engine. */
class LoopGuardTest {
    static final List<LoopCase> CASES = LoopCases.all();

    @ParameterizedTest
    @FieldSource("CASES")
    void aLoopIsEndedAtItsChunkAndNothingElseIs(LoopCase loop) {
        assertThat(read(loop)).isEqualTo(loop);
    }

    @Test
    void theTableOfVerdictsIsTheOneInTheDocumentation() throws IOException {
        String table = CASES.stream()
                .map(LoopGuardTest::read)
                .map(read -> "| %s | %s |".formatted(read.name(), read.verdict()))
                .collect(Collectors.joining("\n", "| stream | verdict |\n| --- | --- |\n", "\n"));
        Files.writeString(Path.of("target", "loop-guard.md"), table);

        assertThat(Files.readString(Path.of("..", "docs", "loop-guard.md")))
                .as("the table of docs/loop-guard.md; it was written to core/target/loop-guard.md")
                .contains(table);
    }

    /** The case with the verdict that the engine gave. */
    private static LoopCase read(LoopCase loop) {
        StreamObserver observer = new StreamObserver(loop.limit());
        ResponseReader reader = new ResponseReader();
        int chunk = 0;
        while (chunk < loop.chunks().size() && !observer.stopped()) {
            byte[] bytes = loop.chunks().get(chunk++).getBytes(StandardCharsets.UTF_8);
            reader.read(bytes, 0, bytes.length, observer);
        }
        assertThat(observer.end(true, true)).isEqualTo(observer.looped() ? StreamEnd.LOOP : StreamEnd.COMPLETE);
        return new LoopCase(
                loop.name(),
                loop.limit(),
                loop.chunks(),
                observer.looped() ? chunk : 0,
                observer.loop().orElse(""));
    }
}
