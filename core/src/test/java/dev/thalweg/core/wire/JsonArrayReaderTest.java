package dev.thalweg.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Cuts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonArrayReaderTest {
    private static final String STREAM =
            "[{\"a\":\"}{\\\"\\\\\"}\r\n,\r\n{\"b\":{\"c\":[{},1]},\"d\":\"é👩‍🚀\"}\r\n, {}\n]";

    private static List<String> objects(List<byte[]> pieces) {
        JsonArrayReader reader = new JsonArrayReader(1 << 16, new HeldBytes(1 << 20));
        List<String> objects = new ArrayList<>();
        for (byte[] piece : pieces) {
            reader.feed(piece, 0, piece.length);
            while (reader.next()) {
                EventBlock block = reader.block();
                objects.add(new String(block.dataArray(), block.dataStart(), block.dataLength(), UTF_8));
            }
        }
        assertThat(reader.finish()).isFalse();
        reader.close();
        return objects;
    }

    @Test
    void objectsAreTheSameWhereverTheStreamIsCut() {
        List<String> whole = objects(List.of(STREAM.getBytes(UTF_8)));
        assertThat(whole).containsExactly("{\"a\":\"}{\\\"\\\\\"}", "{\"b\":{\"c\":[{},1]},\"d\":\"é👩‍🚀\"}", "{}");
        Cuts.everywhere(
                STREAM.getBytes(UTF_8), pieces -> assertThat(objects(pieces)).isEqualTo(whole));
    }

    @Test
    void anObjectThatNeverEndsIsTooLarge() {
        JsonArrayReader reader = new JsonArrayReader(100, new HeldBytes(1 << 20));
        byte[] piece = ("[{\"a\":\"" + "x".repeat(200)).getBytes(UTF_8);
        reader.feed(piece, 0, piece.length);
        assertThatThrownBy(reader::next).isInstanceOf(EventTooLargeException.class);
        reader.close();
    }

    @Test
    void nothingOfABrokenStreamIsAnObject() {
        assertThat(objects(List.of("[{\"a\":1".getBytes(UTF_8)))).isEmpty();
        assertThat(objects(List.of("] } x".getBytes(UTF_8)))).hasSize(1); // whose reader finds that it is none
    }
}
