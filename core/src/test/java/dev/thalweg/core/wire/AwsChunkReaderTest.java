package dev.thalweg.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.AwsFrame;
import dev.thalweg.testkit.Cuts;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsChunkReaderTest {
    private static final String START = "{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}";
    private static final String DELTA = "{\"delta\":{\"text\":\"für 👩‍🚀\"},\"type\":\"content_block_delta\"}";

    private record Event(String name, boolean failure, String data) {}

    private static AwsFrame chunk(String document) {
        String bytes = Base64.getEncoder().encodeToString(document.getBytes(UTF_8));
        return AwsFrame.event("chunk", "{\"p\":\"abcd\",\"bytes\":\"" + bytes + "\"}");
    }

    @Test
    void theDocumentsAreTheEventsHoweverTheyAreCut() {
        byte[] stream = joined(
                chunk(START),
                chunk(DELTA),
                AwsFrame.exception("throttlingException", "{\"message\":\"Slow\"}"),
                chunk("[1]"));
        Cuts.everywhere(
                stream,
                pieces -> assertThat(read(pieces))
                        .containsExactly(
                                new Event("message_start", false, START),
                                new Event("content_block_delta", false, DELTA),
                                new Event("throttlingException", true, "{\"message\":\"Slow\"}"),
                                new Event("", false, "[1]")));
    }

    @Test
    void aFrameThatCarriesNoDocumentIsAnEventWithoutData() {
        byte[] stream = joined(
                AwsFrame.event("chunk", "{\"p\":\"abcd\"}"),
                AwsFrame.event("chunk", "{\"bytes\":null}"),
                AwsFrame.event("chunk", "{\"bytes\":\"\"}"),
                AwsFrame.event("chunk", "[]"),
                AwsFrame.event("chunk", ""),
                chunk(START));
        Event none = new Event("", false, "");
        Cuts.everywhere(
                stream,
                pieces -> assertThat(read(pieces).stream().map(AwsChunkReaderTest::nameless))
                        .containsExactly(none, none, none, none, none, new Event("", false, START)));
    }

    @Test
    void whatIsNotBase64OrNoJsonIsRefusedHoweverItIsCut() {
        byte[] broken = AwsFrame.event("chunk", "{\"bytes\":\"%%\"}").bytes();
        Cuts.everywhere(
                broken,
                pieces -> assertThatThrownBy(() -> read(pieces))
                        .isInstanceOf(BrokenFrameException.class)
                        .hasMessageContaining("Base64"));
        byte[] text = AwsFrame.event("chunk", "{bytes").bytes();
        Cuts.everywhere(text, pieces -> assertThatThrownBy(() -> read(pieces)).isInstanceOf(JsonSyntaxException.class));
    }

    @Test
    void halfAFrameIsNoEvent() {
        byte[] whole = chunk(START).bytes();
        byte[] half = Arrays.copyOf(whole, whole.length - 1);
        Cuts.everywhere(half, pieces -> assertThat(read(pieces)).isEmpty());
    }

    private static Event nameless(Event event) {
        return new Event("", event.failure(), event.data());
    }

    private static List<Event> read(List<byte[]> pieces) {
        List<Event> events = new ArrayList<>();
        HeldBytes budget = new HeldBytes(100_000);
        AwsChunkReader reader = new AwsChunkReader(100_000, budget);
        for (byte[] piece : pieces) {
            reader.feed(piece, 0, piece.length);
            while (reader.next()) {
                events.add(event(reader.block()));
            }
        }
        assertThat(reader.finish()).isFalse();
        reader.close();
        return events;
    }

    private static Event event(EventBlock block) {
        String data = new String(block.dataArray(), block.dataStart(), block.dataLength(), UTF_8);
        return new Event(block.name(), block.failure(), data);
    }

    private static byte[] joined(AwsFrame... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (AwsFrame frame : frames) {
            all.writeBytes(frame.bytes());
        }
        return all.toByteArray();
    }
}
