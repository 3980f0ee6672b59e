package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerStream.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of hundreds of kilobytes go out piece by piece, and come out as if they had been small. */
class RelayLargeEventTest {
    private static final String BIG = "AbC/+\\\"\\\\{[,:é".repeat(20_000);
    private static final String HEAD = "\"id\":\"1\",\"model\":\"up\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"},\"finish_reason\":null}]}",
                "{$,\"choices\":[{\"index\":0,\"delta\":{\"audio\":{\"id\":\"a\",\"data\":\"#\"}}}],\"usage\":null}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}],$}",
                "{$,\"usage\":null,\"choices\":[{\"delta\":{\"content\":\"#\",\"role\":\"assistant\"},\"index\":0}]}",
                "{$,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}},{\"index\":1,\"delta\":{\"content\":\"#\"}}],\"usage\":{\"prompt_tokens\":1}}",
                "{\"model\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}],\"x\":\"up\"}",
                "{\"model\":{\"a\":\"b\"},\"id\":\"z\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}]}",
                "{\"model\":7,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}]}",
                "{$,\"x\":[{\"delta\":{\"content\":\"#\"}}],\"choices\":[]}",
                "{$,\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}],\"usage\":null}",
                "{$,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}],\"error\":null,\"usage\":null}",
                "{$,\"choices\":[{\"index\":0,\"delta\":null,\"finish_reason\":\"#\"}]}",
                "{$,\n data: \"choices\":[{\"index\":0,\"delta\":{\"content\":\"#\"}}]}"
            })
    void comeOutAsIfTheyWereSmall(String shape) {
        String json = shape.replace("$", HEAD).replace("\n data: ", "\ndata: ");
        for (String alias : new String[] {null, "alias"}) {
            for (boolean showUsage : new boolean[] {true, false}) {
                String stream = "data: " + json + "\n\ndata: {\"choices\":[]}\n\n";
                String small = Relayed.of(alias, showUsage).feed(stream).end().text();
                byte[] big = stream.replace("#", BIG).getBytes(StandardCharsets.UTF_8);
                String expected = small.replace("#", BIG);
                for (List<byte[]> pieces : cuts(big)) {
                    Relayed relayed = Relayed.of(alias, showUsage).all(pieces);
                    assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
                    assertSame(relayed.text(), expected, shape, alias);
                }
            }
        }
    }

    @Test
    void theFirstBytesGoOutBeforeTheEventIsComplete() {
        Relayed relayed = Relayed.of("alias", false);
        relayed.feed("data: {" + HEAD + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(60_000));
        assertThat(relayed.text()).as("a small event waits for its end").isEmpty();
        assertThat(relayed.relay.insideEvent()).isFalse();
        relayed.feed("x".repeat(10_000));
        assertThat(relayed.text())
                .startsWith(
                        "data: {\"id\":\"1\",\"model\":\"alias\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"xx")
                .hasSizeGreaterThan(70_000);
        assertThat(relayed.relay.insideEvent()).isTrue();
        int before = relayed.out.length();
        relayed.feed("yyy");
        assertThat(relayed.out.length()).isEqualTo(before + 3);
        relayed.feed("\"}}],\"usage\":null}");
        assertThat(relayed.out.length()).as("the end waits").isEqualTo(before + 3);
        relayed.feed("\n\n");
        assertThat(relayed.text()).endsWith("yyy\"}}]}\n\n");
        assertThat(relayed.relay.insideEvent()).isFalse();
    }

    @Test
    void whatHasGoneOutIsNotWrittenAgainWhenDataGoesOnOnAnotherLine() {
        Relayed relayed = Relayed.of("alias", false);
        relayed.feed("data: {" + HEAD + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(70_000));
        relayed.feed("\"}}\ndata:]}\n\n");
        assertThat(relayed.text())
                .isEqualTo("data: {\"id\":\"1\",\"model\":\"alias\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                        + "x".repeat(70_000) + "\"}}\ndata:]}\n\n");
    }

    @Test
    void anEventThatMayStillHaveToChangeWaits() {
        for (String start : new String[] {
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"", // the model may follow
            "data: {\"model\":\"up\",\"usage\":null,\"choices\":[{\"delta\":{\"content\":\"",
            "data: {\"model\":\"up\",\"error\":{\"message\":\"",
            "data: {\"model\":\"up\",\"metadata\":\"",
            "event: error\ndata: {\"model\":\"up\",\"choices\":[{\"delta\":{\"content\":\""
        }) {
            Relayed relayed = Relayed.of("alias", false).feed(start + "x".repeat(200_000));
            assertThat(relayed.text()).as(start).isEmpty();
        }
    }

    @Test
    void anErrorBehindLargeContentIsStillAnError() {
        Relayed relayed = Relayed.plain();
        relayed.feed("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(100_000));
        relayed.feed("\"}}],\"error\":{\"message\":\"broke\"}}\n\n");
        assertThat(relayed.relay.state()).isEqualTo(State.ERROR);
        assertThat(relayed.relay.error().message()).isEqualTo("broke");
        assertThat(relayed.relay.insideEvent())
                .as("the driver has to end the event first")
                .isTrue();
    }

    @Test
    void aCutInsideALargeEventLeavesItOpen() {
        Relayed relayed = Relayed.plain();
        relayed.feed("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(100_000))
                .end();
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        assertThat(relayed.relay.insideEvent()).isTrue();
    }

    @Test
    void theLimitHoldsForLargeEventsToo() {
        Relayed relayed = new Relayed(new dev.thalweg.core.stream.StreamObserver(0), null, true, 100_000);
        relayed.feed("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(90_000));
        assertThat(relayed.relay.state()).isEqualTo(State.OPEN);
        relayed.feed("x".repeat(20_000)).end();
        assertThat(relayed.relay.state()).isEqualTo(State.TOO_LARGE);
        assertThat(relayed.relay.insideEvent()).isTrue();
    }

    @Test
    void severalLargeEventsFollowEachOther() {
        String event = "data: {" + HEAD + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + BIG
                + "\"}}],\"usage\":null}\r\n\r\n";
        String expected = event.replace("\"up\"", "\"alias\"").replace(",\"usage\":null", "");
        for (List<byte[]> pieces : cuts((event + event).getBytes(StandardCharsets.UTF_8))) {
            assertSame(Relayed.of("alias", false).all(pieces).text(), expected + expected, "twice", "alias");
        }
    }

    /** Pieces of 1 to 64 KiB, some regular, some drawn. */
    private static List<List<byte[]>> cuts(byte[] input) {
        List<List<byte[]>> all = new ArrayList<>();
        all.add(List.of(input));
        Random random = new Random(input.length);
        for (int size : new int[] {1_000, 16_384, 65_536, 65_541, 0, 0}) {
            List<byte[]> pieces = new ArrayList<>();
            for (int from = 0; from < input.length; ) {
                int to = Math.min(input.length, from + (size > 0 ? size : 1 + random.nextInt(40_000)));
                pieces.add(Arrays.copyOfRange(input, from, to));
                from = to;
            }
            all.add(pieces);
        }
        return all;
    }

    private static void assertSame(String actual, String expected, String shape, @Nullable String alias) {
        if (!actual.equals(expected)) {
            int at = Arrays.mismatch(actual.toCharArray(), expected.toCharArray());
            throw new AssertionError(shape + " as " + alias + " differs at " + at + ": <"
                    + actual.substring(Math.max(0, at - 60), Math.min(actual.length(), at + 60)) + "> not <"
                    + expected.substring(Math.max(0, at - 60), Math.min(expected.length(), at + 60)) + ">");
        }
    }
}
