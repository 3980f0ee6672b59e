package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.openai.OpenAiDialect;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.testkit.Cuts;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the bytes are cut on their way, the chunks are the same. */
class CutsTest extends SdkTest {
    private static final String BODY = ": ping\r\n\r\n"
            + "data: " + OpenAiScripts.roleChunk() + "\n\n"
            + "event: x\rdata:" + OpenAiScripts.contentChunk("Grüße 🌊 ") + "\r\r"
            + "data: " + OpenAiScripts.contentChunk("известни") + "\r\n\r\n"
            + "data: " + OpenAiScripts.finishChunk("stop") + "\n\n"
            + "data: [DONE]\n\n";
    private static final String TEXT = "Grüße 🌊 известни";

    @Test
    void cutAtEveryByteInTheReader() {
        HeldBytes held = new HeldBytes(1 << 20);
        Options options = new Options(
                Timeouts.defaults(), LoopLimits.defaults(), 1 << 20, 0, Listeners.NONE, CallOptions.NONE, held);
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);

        Cuts.everywhere(bytes, pieces -> {
            FrameReader reader = new FrameReader(new OpenAiDialect(), Framing.SSE, "text/event-stream", true, options);
            List<String> raw = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (byte[] piece : pieces) {
                reader.feed(piece, piece.length);
                for (ChatChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                    raw.add(chunk.toJson());
                    text.append(chunk.content());
                }
            }
            assertThat(raw).hasSize(4);
            assertThat(text).hasToString(TEXT);
            assertThat(reader.end()).isEqualTo(StreamEnd.COMPLETE);
            reader.close();
            assertThat(held.held()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void cutOnTheWire(int size) {
        ScriptBuilder body = Script.sse().split(size).text(BODY);
        ScriptBuilder wire = Script.sse().splitWire(size).text(BODY);
        for (Script script : List.of(body.build(), wire.build())) {
            upstream.enqueue(script);
            List<ChatChunk> chunks =
                    StreamSupport.stream(stream().spliterator(), false).toList();

            assertThat(chunks).hasSize(4);
            assertThat(String.join("", chunks.stream().map(ChatChunk::content).toList()))
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void aBreakAtEveryByteIsACutOrTheWholeAnswerAndNeverAnotherText() {
        HeldBytes held = new HeldBytes(1 << 20);
        Options options = new Options(
                Timeouts.defaults(), LoopLimits.defaults(), 1 << 20, 0, Listeners.NONE, CallOptions.NONE, held);
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
        int done = BODY.getBytes(StandardCharsets.UTF_8).length - "\n\n".length();

        for (int length = 0; length < bytes.length; length++) {
            FrameReader reader = new FrameReader(new OpenAiDialect(), Framing.SSE, "text/event-stream", true, options);
            StringBuilder text = new StringBuilder();
            reader.feed(bytes, length);
            for (ChatChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                text.append(chunk.content());
            }
            reader.endOfBody(false);
            for (ChatChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                text.append(chunk.content());
            }
            reader.close();
            assertThat(TEXT).startsWith(text);
            assertThat(reader.end())
                    .as("broken off at " + length)
                    .isEqualTo(length < done ? StreamEnd.CUT : StreamEnd.COMPLETE);
            assertThat(held.held()).isZero();
        }
    }
}
