package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndOfTheStandardEndsLines(String end) {
        gives("data: one" + end + end + "data: two" + end + "data: 2" + end + end, "one", "two\n2");
    }

    @Test
    void lineEndsMayBeMixedInOneStream() {
        gives(
                "data: a\r\n\ndata: b\n\r\ndata: c\r\rdata: d\n\ndata: e\r\n\r\ndata: f\n\r",
                "a",
                "b",
                "c",
                "d",
                "e",
                "f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: a\r\n\r\n: c\r\n\r\ndata: b\r\n\r\n",
                "data: a\n\r\ndata: b\r\n\rdata: c\n\n",
                "data: a\r\rdata: b\r\r"
            })
    void anEventHasAllOfItsBlankLineHoweverItIsCut(String stream) {
        List<String> whole = raw(List.of(stream.getBytes(StandardCharsets.UTF_8)));
        Cuts.everywhere(
                stream.getBytes(StandardCharsets.UTF_8),
                pieces -> assertThat(raw(pieces)).isEqualTo(whole));
    }

    @Test
    void anEventOfLinesThatEndWithCarriageReturnsWaitsForNothing() {
        SseReader reader = new SseReader(100, new HeldBytes(100));
        byte[] read = "data: a\r\r".getBytes(StandardCharsets.UTF_8);
        reader.feed(read, 0, read.length);
        assertThat(reader.next()).isTrue();
    }

    private static List<String> raw(List<byte[]> pieces) {
        SseReader reader = new SseReader(100, new HeldBytes(100));
        List<String> raw = new ArrayList<>();
        for (byte[] piece : pieces) {
            reader.feed(piece, 0, piece.length);
            while (reader.next()) {
                raw.add(text(reader.block()));
            }
        }
        if (reader.finish()) {
            raw.add(text(reader.block()));
        }
        return raw;
    }

    private static String text(EventBlock block) {
        return new String(block.array(), block.start(), block.end() - block.start(), StandardCharsets.UTF_8);
    }

    @Test
    void aCharacterMayBeCutByARead() {
        gives("data: {\"t\":\"известни 🦊 日本\"}\n\n", "{\"t\":\"известни 🦊 日本\"}");
    }

    @Test
    void onlyLineFeedAndCarriageReturnEndLines() {
        gives("data: a\u2028b\u2029c\u0085d\u000be\u000cf\n\n", "a\u2028b\u2029c\u0085d\u000be\u000cf");
    }

    @Test
    void aByteOrderMarkBeforeTheFirstEventIsNotPartOfIt() {
        gives("\uFEFFdata: a\n\ndata: b\n\n", "a", "b");
    }

    @Test
    void aByteOrderMarkLaterIsPartOfAFieldNobodyKnows() {
        gives("data: a\n\n\uFEFFdata: b\n\n", "a");
    }

    @Test
    void commentsAndUnknownFieldsCarryNoData() {
        gives(": ping\n\n:\n\nid: 7\nretry: 10\nfoo\n\ndata: a\n: inside\nid\n\n", "a");
    }

    @Test
    void oneBlankAfterTheColonIsNotPartOfTheData() {
        gives("data:a\n\ndata: b\n\ndata:  c\n\ndata:\td\n\n", "a", "b", " c", "\td");
    }

    @Test
    void dataWithoutColonIsAnEmptyLine() {
        gives("data\n\ndata\ndata\n\ndata:\n\ndata: x\ndata\ndata: y\n\n", "", "\n", "", "x\n\ny");
    }

    @Test
    void fieldsThatOnlyBeginLikeDataAreNotData() {
        gives("database: a\n\ndata : b\n\ndata:: c\n\nDATA: d\n\n data: e\n\n", ": c");
    }

    @Test
    void severalDataLinesAreJoinedWithLineFeeds() {
        gives("data: {\ndata:   \"a\":\ndata: 1\ndata:\ndata: }\n\n", "{\n  \"a\":\n1\n\n}");
    }

    @Test
    void extraBlankLinesBetweenEventsAreNothing() {
        gives("\n\n\r\n\rdata: a\n\n\n\n\r\ndata: b\n\n\n", "a", "b");
    }

    @Test
    void aNameBelongsToItsOwnEventOnly() {
        var events = uncut("event: named\n\ndata: a\n\nevent:named\ndata: b\n\nevent: named2\ndata: c\n\ndata: d\n\n");
        assertThat(events).extracting(SseEvents.Event::named).containsExactly(true, false, true, false, false);
        assertThat(events).extracting(SseEvents.Event::hasData).containsExactly(false, true, true, true, true);
    }

    @Test
    void theLastEventIsGivenWithoutItsBlankLine() {
        gives("data: a\n\ndata: b", "a", "b");
        gives("data: a\n\ndata: b\n", "a", "b");
        gives("data: a\n\ndata: b\r\n", "a", "b");
    }

    @Test
    void nothingIsLeftOfAStreamThatEndsWithBlankLines() {
        gives("data: a\n\n\n\n", "a");
        gives("");
        gives("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n\n", "data:[DONE]\n\n", "data:   [DONE] and more\r\n\r\n", "data: [DONE]"})
    void theMarkerIsKnownWhateverStandsAroundIt(String stream) {
        assertThat(uncut(stream)).extracting(SseEvents.Event::done).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: [DONE\n\n", "data: \"[DONE]\"\n\n", ": [DONE]\n\n", "data:\n\n", "event: [DONE]\n\n"})
    void otherEventsAreNotTheMarker(String stream) {
        assertThat(uncut(stream)).extracting(SseEvents.Event::done).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"x\"}",
                "{\n  \"error\": {\n    \"code\": 404\n  }\n}\n",
                "[{\n}]",
                "<html>\n</html>\n"
            })
    void aDocumentThatIsNoEventIsOneBareEvent(String document) {
        var events = uncut(document);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).bare()).isTrue();
        assertThat(events.get(0).data().strip()).isEqualTo(document.strip());
    }

    @Test
    void anEventWithDataIsNotBareWhateverItsOtherLines() {
        assertThat(uncut("{\ndata: a\n\n").get(0)).isEqualTo(new SseEvents.Event("a", true, false, false, false));
    }

    @Test
    void anyStreamOfTheAlphabetIsReadTheSameHoweverItIsCut() {
        String[] parts = {"data", "data:", "data: ", "event: named", ":", "\n", "\r", "\r\n", "\n\n", "é", "{", "x", " "
        };
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            StringBuilder stream = new StringBuilder();
            for (int i = random.nextInt(24); i >= 0; i--) {
                stream.append(parts[random.nextInt(parts.length)]);
            }
            uncut(stream.toString());
        }
    }

    private static void gives(String stream, String... data) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        assertThat(SseEvents.read(List.of(bytes)).data()).containsExactly(data);
        uncut(stream);
    }

    /** The events of the uncut stream, after it has shown that every cut gives the same ones and loses no byte. */
    private static List<SseEvents.Event> uncut(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        SseEvents whole = SseEvents.read(List.of(bytes));
        Cuts.everywhere(bytes, pieces -> {
            SseEvents cut = SseEvents.read(pieces);
            assertThat(cut.bytes()).isEqualTo(bytes);
            assertThat(cut.events()).isEqualTo(whole.events());
        });
        return whole.events();
    }
}
