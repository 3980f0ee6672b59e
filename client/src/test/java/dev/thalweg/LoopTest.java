package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.InternalServerException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.LoopCase;
import dev.thalweg.testkit.LoopCases;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Models that repeat themselves, as a program sees them. */
class LoopTest extends SdkTest {
    static final List<LoopCase> CASES = LoopCases.all();

    @ParameterizedTest
    @FieldSource("CASES")
    void aLoopIsAnExceptionAfterTheChunksBeforeItAndAnythingElseAWholeAnswer(LoopCase loop) {
        upstream.enqueue(loop.script());
        thalweg = client().repeatedChunkLimit(loop.limit()).build();
        List<String> chunks = new ArrayList<>();
        ChatStream stream = stream();

        if (loop.loops()) {
            InternalServerException e =
                    catchThrowableOfType(InternalServerException.class, () -> readInto(chunks, stream));
            assertThat(e.code()).contains("repeated_chunks");
            assertThat(e.status()).isEqualTo(500);
            upstream.takeRequest(SOON).awaitDisconnect(SOON);
        } else {
            readInto(chunks, stream);
        }
        assertThat(chunks).isEqualTo(loop.passed());
    }

    private static void readInto(List<String> chunks, ChatStream stream) {
        for (ChatChunk chunk : stream) {
            chunks.add(chunk.toJson());
        }
    }
}
