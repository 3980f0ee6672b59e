package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopCasesTest {
    private static final List<LoopCase> CASES = LoopCases.all();

    @Test
    void namesAreUniqueAndFitIntoATable() {
        assertThat(CASES).extracting(LoopCase::name).doesNotHaveDuplicates().noneMatch(name -> name.contains("|"));
    }

    @Test
    void aLoopIsCompletedByOneOfItsChunksAndHasADescription() {
        assertThat(CASES).allSatisfy(loop -> {
            assertThat(loop.loopAt()).isBetween(0, loop.chunks().size());
            assertThat(loop.loop().isEmpty()).isEqualTo(!loop.loops());
            assertThat(loop.passed())
                    .hasSize(loop.loops() ? loop.loopAt() - 1 : loop.chunks().size());
        });
    }

    @Test
    void aStreamThatLoopsStaysOpenAndAnyOtherIsDone() {
        for (LoopCase loop : List.of(CASES.getFirst(), CASES.get(1))) {
            try (ScriptedUpstream upstream = ScriptedUpstream.start().always(loop.script());
                    RawClient client = RawClient.connect(upstream.port())) {
                client.get("/", Map.of());
                client.readHead();
                for (String chunk : loop.chunks()) {
                    assertThat(client.readEvent().orElseThrow().data()).isEqualTo(chunk);
                }
                if (loop.loops()) {
                    assertThat(upstream.openConnections()).isEqualTo(1);
                } else {
                    assertThat(client.readEvent().orElseThrow().data()).isEqualTo("[DONE]");
                }
            }
        }
    }
}
