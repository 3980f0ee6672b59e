package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLineReaderTest {
    private static final String FIRST = "{\"a\":\"für 👩‍🚀 \\n\"}";
    private static final String SECOND = "{\"b\":[1,2]}";

    @Test
    void everyLineIsAnEventHoweverItIsCut() {
        everywhere(FIRST + "\n" + SECOND + "\n", FIRST, SECOND);
    }

    @Test
    void aLineMayEndInCrLf() {
        everywhere(FIRST + "\r\n" + SECOND + "\r\n", FIRST, SECOND);
    }

    @Test
    void emptyLinesHaveNoData() {
        everywhere("\n\r\n" + FIRST + "\n\n\n" + SECOND + "\n\r\n", "", "", FIRST, "", "", SECOND, "");
    }

    @Test
    void theLastLineMayLackItsEnd() {
        everywhere(FIRST + "\n" + SECOND, FIRST, SECOND);
    }

    @Test
    void separatorsOfOtherReadersEndNoLine() {
        everywhere("\"a\u2028b\u0085c\rd\"\n", "\"a\u2028b\u0085c\rd\"");
    }

    @Test
    void whatIsGivenOutIsWhatCame() {
        byte[] stream = bytes("\n" + FIRST + "\r\n" + SECOND);
        Cuts.everywhere(stream, pieces -> {
            ByteBuilder raw = new ByteBuilder(64);
            read(pieces, new JsonLineReader(1_000, new HeldBytes(1_000)), raw);
            assertThat(raw.toBytes()).isEqualTo(stream);
        });
    }

    @Test
    void aLineOfExactlyTheLimitPassesAndOneMoreFailsHoweverItIsCut() {
        byte[] stream = bytes("{}\n{\"a\":1}\n");
        HeldBytes budget = new HeldBytes(100);
        Cuts.everywhere(stream, pieces -> {
            assertThat(read(pieces, new JsonLineReader(8, budget), new ByteBuilder(16)))
                    .containsExactly("{}", "{\"a\":1}");
            JsonLineReader reader = new JsonLineReader(7, budget);
            assertThatThrownBy(() -> read(pieces, reader, new ByteBuilder(16)))
                    .isInstanceOf(EventTooLargeException.class);
            reader.close();
            assertThat(budget.held()).isZero();
        });
    }

    private static void everywhere(String stream, String... lines) {
        HeldBytes budget = new HeldBytes(1_000);
        Cuts.everywhere(bytes(stream), pieces -> {
            assertThat(read(pieces, new JsonLineReader(1_000, budget), new ByteBuilder(64)))
                    .containsExactly(lines);
            assertThat(budget.held()).isZero();
        });
    }

    private static List<String> read(List<byte[]> pieces, JsonLineReader reader, ByteBuilder raw) {
        List<String> lines = new ArrayList<>();
        for (byte[] piece : pieces) {
            reader.feed(piece, 0, piece.length);
            while (reader.next()) {
                take(reader.block(), lines, raw);
            }
        }
        if (reader.finish()) {
            take(reader.block(), lines, raw);
        }
        reader.close();
        return lines;
    }

    private static void take(EventBlock block, List<String> lines, ByteBuilder raw) {
        raw.append(block.array(), block.start(), block.end() - block.start());
        String data = new String(block.dataArray(), block.dataStart(), block.dataLength(), StandardCharsets.UTF_8);
        assertThat(block.hasData()).isEqualTo(!data.isEmpty());
        lines.add(data);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
