package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderLimitsTest {
    private static final byte[] STREAM = "data: 1\n\ndata: 23456\n\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void anEventOfExactlyTheLimitPasses() {
        HeldBytes budget = new HeldBytes(100);
        Cuts.everywhere(STREAM, pieces -> {
            SseEvents events = SseEvents.read(pieces, new SseReader(13, budget));
            assertThat(events.data()).containsExactly("1", "23456");
        });
        assertThat(budget.held()).isZero();
    }

    @Test
    void anEventOneByteAboveTheLimitFailsHoweverItIsCut() {
        HeldBytes budget = new HeldBytes(100);
        Cuts.everywhere(STREAM, pieces -> {
            SseReader reader = new SseReader(12, budget);
            assertThatThrownBy(() -> SseEvents.read(pieces, reader))
                    .isInstanceOf(EventTooLargeException.class)
                    .hasMessageContaining("12 bytes");
            reader.close();
            assertThat(budget.held()).isZero();
        });
    }

    @Test
    void anEventWithoutEndFailsAtTheLimitAndNotLater() {
        SseReader reader = new SseReader(1_000, new HeldBytes(1 << 20));
        byte[] piece = "data: x".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        reader.feed(piece, 0, piece.length);
                        reader.next();
                    }
                })
                .isInstanceOf(EventTooLargeException.class);
        assertThat(reader.heldLength()).isBetween(990, 1_000);
    }

    @Test
    void aStreamThatFindsNoRoomAmongAllStreamsFailsAndTheOthersGoOn() {
        HeldBytes budget = new HeldBytes(20);
        SseReader first = new SseReader(100, budget);
        SseReader second = new SseReader(100, budget);
        feed(first, "data: 123456");
        assertThatThrownBy(() -> feed(second, "data: 123456")).isInstanceOf(EventTooLargeException.class);
        assertThat(budget.held()).isEqualTo(12);
        second.close();
        feed(first, "\n");
        assertThat(first.finish()).isTrue();
        assertThat(first.block().dataLength()).isEqualTo(6);
        first.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void nothingIsHeldAfterAnEventIsDone() {
        HeldBytes budget = new HeldBytes(100);
        SseReader reader = new SseReader(100, budget);
        feed(reader, "data: 1");
        assertThat(budget.held()).isEqualTo(7);
        byte[] rest = "\n\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8);
        reader.feed(rest, 0, rest.length);
        assertThat(reader.next()).isTrue();
        assertThat(reader.blockInRead()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.blockInRead()).isTrue();
        assertThat(budget.held()).isZero();
        assertThat(reader.next()).isFalse();
        assertThat(budget.held()).isZero();
    }

    @Test
    void wholeEventsInAReadAreNeverHeld() {
        HeldBytes none = new HeldBytes(0);
        assertThat(SseEvents.read(List.of(STREAM), new SseReader(100, none)).data())
                .hasSize(2);
    }

    @Test
    void closingTwiceGivesBackOnce() {
        HeldBytes budget = new HeldBytes(100);
        SseReader reader = new SseReader(100, budget);
        feed(reader, "data: 1");
        reader.close();
        reader.close();
        assertThat(budget.held()).isZero();
    }

    private static void feed(SseReader reader, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.feed(bytes, 0, bytes.length);
        assertThat(reader.next()).isFalse();
    }
}
