package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplicesTest {
    @Test
    void changesComeOutInTheOrderOfTheDocumentWhateverOrderTheyWereSaidIn() {
        byte[] document = bytes("abcdef");
        Splices splices = new Splices()
                .replace(4, 5, bytes("E"))
                .replace(0, 0, bytes("<"))
                .replace(6, 6, bytes(">"))
                .replace(1, 3, bytes(""));
        assertThat(text(splices.apply(document, 0, 6))).isEqualTo("<adEf>");
        assertThat(splices.length(6)).isEqualTo(6);
    }

    @Test
    void whatIsInsertedStandsBeforeWhatReplacesTheBytesThere() {
        byte[] document = bytes("{\"a\":1}");
        Splices splices = new Splices().replace(1, 4, bytes("\"b\"")).replace(1, 1, bytes("\"x\":0,"));
        assertThat(text(splices.apply(document, 0, document.length))).isEqualTo("{\"x\":0,\"b\":1}");
    }

    @Test
    void nothingChangedIsOnePiece() {
        List<String> pieces = new ArrayList<>();
        Splices splices = new Splices();
        assertThat(splices.isEmpty()).isTrue();
        splices.write(bytes("abc"), 0, 3, (array, offset, length) -> pieces.add(new String(array, offset, length)));
        assertThat(pieces).containsExactly("abc");
    }

    @Test
    void whatLiesBeforeTheStartHasGoneOutAlready() {
        byte[] document = bytes("abcdef");
        Splices splices = new Splices().replace(1, 2, bytes("B")).replace(4, 5, bytes("E"));
        ByteBuilder rest = new ByteBuilder(8);
        splices.write(document, 3, 6, rest::append);
        assertThat(rest).hasToString("dEf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"x\":1} | {}",
                "{\"x\":1,\"a\":2} | {\"a\":2}",
                "{\"a\":2,\"x\":1} | {\"a\":2}",
                "{\"a\":2,\"x\":1,\"b\":3} | {\"a\":2,\"b\":3}",
                "{ \"a\" : 2 , \"x\" : 1 } | { \"a\" : 2  }",
                "{ \"x\" : 1 , \"a\" : 2 } | {  \"a\" : 2 }",
                "{ \"x\" : 1 } | {  }",
            })
    void aMemberGoesWithOneComma(String json, String expected) {
        byte[] array = bytes(json);
        int start = json.indexOf("\"x\"");
        Splices splices = new Splices().removeMember(array, start, json.indexOf('1') + 1, array.length);
        assertThat(text(splices.apply(array, 0, array.length))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"x\":1,\"y\":2} | {}",
                "{\"y\":2,\"x\":1} | {}",
                "{\"x\":1,\"y\":2,\"a\":0} | {\"a\":0}",
                "{\"a\":0,\"x\":1,\"y\":2} | {\"a\":0}",
                "{\"a\":0,\"y\":2 , \"x\":1,\"b\":0} | {\"a\":0,\"b\":0}",
                "{\"x\":1,\"a\":0,\"y\":2} | {\"a\":0}",
                "{\"x\":1,\"a\":0,\"y\":2,\"b\":0} | {\"a\":0,\"b\":0}",
                "{\"a\":0,\"y\":2,\"b\":0,\"x\":1} | {\"a\":0,\"b\":0}",
            })
    void twoMembersGoWhereverTheyStand(String json, String expected) {
        byte[] array = bytes(json);
        Splices splices = new Splices()
                .removeMembers(
                        array,
                        json.indexOf("\"x\""),
                        json.indexOf('1') + 1,
                        json.indexOf("\"y\""),
                        json.indexOf('2') + 1,
                        array.length);
        assertThat(text(splices.apply(array, 0, array.length))).isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
