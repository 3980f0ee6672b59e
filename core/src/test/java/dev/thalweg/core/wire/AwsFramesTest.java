package dev.thalweg.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.AwsFrame;
import dev.thalweg.testkit.Cuts;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

class AwsFramesTest {
    private record Event(String name, boolean failure, String data) {}

    @Test
    void amazonsOwnDecoderReadsWhatIsWritten() {
        ByteBuilder out = new ByteBuilder(16);
        byte[] json = "x{\"text\":\"é 🦊\"}x".getBytes(UTF_8);
        AwsFrames.event(out, "contentBlockDelta", json, 1, json.length - 2);
        AwsFrames.exception(out, "throttlingException", "{\"message\":\"Slow down\"}".getBytes(UTF_8));
        AwsFrames.event(out, "empty", json, 0, 0);

        List<Message> read = new ArrayList<>();
        MessageDecoder decoder = new MessageDecoder(read::add);
        decoder.feed(out.toBytes());

        assertThat(read)
                .containsExactly(
                        new Message(
                                headers("event", ":event-type", "contentBlockDelta"),
                                "{\"text\":\"é 🦊\"}".getBytes(UTF_8)),
                        new Message(
                                headers("exception", ":exception-type", "throttlingException"),
                                "{\"message\":\"Slow down\"}".getBytes(UTF_8)),
                        new Message(headers("event", ":event-type", "empty"), new byte[0]));
        assertThat(read.get(0).getHeaders().keySet()).containsExactly(":event-type", ":content-type", ":message-type");
    }

    @Test
    void whatAmazonsOwnEncoderWritesIsReadHoweverItIsCut() {
        Map<String, HeaderValue> all = new LinkedHashMap<>();
        all.put("true", HeaderValue.fromBoolean(true));
        all.put("false", HeaderValue.fromBoolean(false));
        all.put("int", HeaderValue.fromInteger(7));
        all.put("long", HeaderValue.fromLong(7));
        all.put("bytes", HeaderValue.fromByteArray(new byte[] {7, 7, 7}));
        all.put("text", HeaderValue.fromString("seven"));
        all.put("time", HeaderValue.fromTimestamp(Instant.ofEpochSecond(7)));
        all.put("uuid", HeaderValue.fromUuid(new UUID(7, 7)));
        all.putAll(headers("event", ":event-type", "all"));
        byte[] stream = joined(
                new Message(all, "{\"a\":1}".getBytes(UTF_8)),
                new Message(headers("event", ":event-type", "none"), new byte[0]),
                new Message(headers("exception", ":exception-type", "validationException"), "{}".getBytes(UTF_8)));

        Cuts.everywhere(
                stream,
                pieces -> assertThat(read(pieces))
                        .containsExactly(
                                new Event("all", false, "{\"a\":1}"),
                                new Event("none", false, ""),
                                new Event("validationException", true, "{}")));
    }

    /** Amazon's encoder, in this version, writes the types of these and forgets their values. */
    @Test
    void headersOfBytesAndShortsArePassedOver() {
        AwsFrame frame = AwsFrame.of("{}".getBytes(UTF_8))
                .header("byte", 2, new byte[] {7})
                .header("short", 3, new byte[] {7, 7})
                .header(":event-type", "known");
        Cuts.everywhere(
                frame.bytes(), pieces -> assertThat(read(pieces)).containsExactly(new Event("known", false, "{}")));
    }

    @Test
    void anErrorThatIsNotModelledHasItsMessageInAHeader() {
        byte[] frame = AwsFrame.error("InternalFailure", "It \"broke\".").bytes();
        assertThat(read(List.of(frame)))
                .containsExactly(new Event("InternalFailure", true, "{\"message\":\"It \\\"broke\\\".\"}"));
    }

    @Test
    void aFrameWithoutHeadersIsAnEventWithoutAName() {
        assertThat(read(List.of(AwsFrame.of("{}".getBytes(UTF_8)).bytes())))
                .containsExactly(new Event("", false, "{}"));
        assertThat(read(List.of(AwsFrame.of(new byte[0]).bytes()))).containsExactly(new Event("", false, ""));
    }

    @Test
    void brokenFramesAreRefusedHoweverTheyAreCut() {
        broken(frame().wrongSum());
        broken(frame().wrongPreludeSum());
        broken(frame().headersLonger(1));
        broken(frame().headersLonger(-1));
        broken(frame().headersLonger(1_000_000));
        broken(frame().headersLonger(Integer.MIN_VALUE));
        broken(frame().longer(-60));
        broken(frame().longer(Integer.MIN_VALUE));
        broken(frame().header("future", 10, new byte[0]));
        broken(frame().header("negative", 255, new byte[0]));
        broken(frame().header("tooLong", 7, new byte[] {0x7F, 0x7F}));
        broken(frame().header("half", 7, new byte[] {0}));
        broken(frame().header("half", 5, new byte[] {1, 2, 3}));
    }

    @Test
    void whatIsNoFrameIsSeenAtOnceAndNotHeldUntilItIsTooLarge() {
        byte[] page = "<html><body>Bad Gateway</body></html>".getBytes(UTF_8);
        Cuts.everywhere(
                page, pieces -> assertThatThrownBy(() -> read(pieces)).isInstanceOf(BrokenFrameException.class));
        HeldBytes budget = new HeldBytes(1 << 20);
        AwsFrameReader reader = new AwsFrameReader(1 << 20, budget);
        reader.feed(page, 0, 11);
        assertThat(reader.next()).isFalse();
        assertThat(budget.held()).isEqualTo(11);
        reader.feed(page, 11, 1);
        assertThatThrownBy(reader::next).isInstanceOf(BrokenFrameException.class);
        reader.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void aFrameMayBeAsLargeAsTheLimitAndNoLarger() {
        byte[] frame = frame().bytes();
        Cuts.everywhere(frame, pieces -> {
            AwsFrameReader enough = new AwsFrameReader(frame.length, new HeldBytes(1 << 20));
            assertThat(read(pieces, enough)).hasSize(1);
            AwsFrameReader tooFew = new AwsFrameReader(frame.length - 1, new HeldBytes(1 << 20));
            assertThatThrownBy(() -> read(pieces, tooFew)).isInstanceOf(EventTooLargeException.class);
        });
    }

    @Test
    void aFrameWithoutItsEndIsNone() {
        byte[] frame = frame().bytes();
        AwsFrameReader reader = new AwsFrameReader(1 << 20, new HeldBytes(1 << 20));
        reader.feed(frame, 0, frame.length - 1);
        assertThat(reader.next()).isFalse();
        assertThat(reader.finish()).isFalse();
        assertThat(reader.insideEvent()).isTrue();
    }

    private static AwsFrame frame() {
        return AwsFrame.event("messageStop", "{\"stopReason\":\"end_turn\"}");
    }

    private static void broken(AwsFrame frame) {
        Cuts.everywhere(
                frame.bytes(),
                pieces -> assertThatThrownBy(() -> {
                            if (read(pieces).isEmpty()) {
                                throw new BrokenFrameException("it only waits for more");
                            }
                        })
                        .isInstanceOf(BrokenFrameException.class));
    }

    private static Map<String, HeaderValue> headers(String kind, String typeName, String type) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(typeName, HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        headers.put(":message-type", HeaderValue.fromString(kind));
        return headers;
    }

    private static byte[] joined(Message... messages) {
        ByteBuilder all = new ByteBuilder(256);
        for (Message message : messages) {
            ByteBuffer bytes = message.toByteBuffer();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            all.append(copy);
        }
        return all.toBytes();
    }

    private static List<Event> read(List<byte[]> pieces) {
        return read(pieces, new AwsFrameReader(1 << 20, new HeldBytes(1 << 20)));
    }

    private static List<Event> read(List<byte[]> pieces, AwsFrameReader reader) {
        List<Event> events = new ArrayList<>();
        byte[] shared = new byte[0];
        for (byte[] piece : pieces) {
            shared = shared.length < piece.length + 5 ? new byte[piece.length + 5] : shared;
            System.arraycopy(piece, 0, shared, 3, piece.length);
            reader.feed(shared, 3, piece.length);
            while (reader.next()) {
                EventBlock block = reader.block();
                String data = block.hasData()
                        ? new String(block.dataArray(), block.dataStart(), block.dataLength(), UTF_8)
                        : "";
                events.add(new Event(block.name(), block.failure(), data));
            }
        }
        return events;
    }
}
