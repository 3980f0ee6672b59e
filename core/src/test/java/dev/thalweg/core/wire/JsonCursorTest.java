package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xC3, 0xEF, 0xFE, 0xFF})
    void anyByteBehindTheDocumentIsTooMuch(int last) {
        byte[] json = {'{', '}', (byte) last};
        assertThatThrownBy(() -> JsonCursorSyntaxTest.walk(json))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("Something follows the end of the JSON document at byte 2");
    }

    @Test
    void depthIsLimitedToExactlyWhatWasSaid() {
        assertThatCode(() -> nested(128)).doesNotThrowAnyException();
        assertThatThrownBy(() -> nested(129))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("JSON nested deeper than 128 at byte 128");
        assertThatThrownBy(() -> nested(1_000_000)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void manySiblingsAreNotDeep() {
        byte[] json = ("[" + "[],{},".repeat(10_000) + "0]").getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(2, true).reset(json, 0, json.length);
        cursor.skip();
        cursor.finish();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "12.9,12",
        "5.0,5",
        "9223372036854775807,-1",
        "922337203685477580,922337203685477580",
        "-5,-1",
        "1e3,-1",
        "1.5e3,-1",
        "null,-1",
        "true,-1",
        "99999999999999999999,-1",
        "[1],-1",
        "'\"7\"',-1",
        "-0,-1"
    })
    void countsAreWholeAndNeverNegative(String json, long expected) {
        JsonCursor cursor = over(json + " ");
        assertThat(cursor.countOrSkip()).isEqualTo(expected);
        cursor.finish();
    }

    @Test
    void positionsAreIndicesIntoTheArrayAndErrorsCountFromTheDocument() {
        byte[] array = "xx{ \"a\" : [1, 2] , \"b\":tru}".getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(8, true).reset(array, 2, array.length - 2);
        cursor.enterObject();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.keyIs("a")).isTrue();
        assertThat(cursor.memberStart()).isEqualTo(4);
        assertThat(cursor.peek()).isEqualTo('[');
        assertThat(cursor.position()).isEqualTo(10);
        cursor.skip();
        assertThat(cursor.position()).isEqualTo(16);
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.memberStart()).isEqualTo(19);
        assertThatThrownBy(cursor::skip)
                .isInstanceOfSatisfying(
                        JsonSyntaxException.class, e -> assertThat(e.position()).isEqualTo(21))
                .hasMessage("Expected a value at byte 21");
    }

    @Test
    void bytesBehindTheEndAreNeverRead() {
        byte[] array = "[1,23]\"trueabc\\u1234".getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(8, true);
        cursor.reset(array, 0, 6).skip();
        cursor.finish();
        assertThatThrownBy(() -> cursor.reset(array, 0, 5).skip()).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> cursor.reset(array, 7, 3).skip()).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> cursor.reset(array, 6, 11).skip()).isInstanceOf(JsonSyntaxException.class);
        assertThat(cursor.reset(array, 3, 1).countOrSkip()).isEqualTo(2);
    }

    @Test
    void anObjectCanBeReadAgainFromItsStart() {
        JsonCursor cursor = over("{\"o\":{\"a\":1,\"b\":2},\"z\":3}");
        cursor.enterObject();
        cursor.nextMember();
        cursor.enterObject();
        int inside = cursor.position();
        while (cursor.nextMember()) {
            cursor.skip();
        }
        cursor.reenterObject(inside);
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.keyIs("a")).isTrue();
        cursor.skip();
        assertThat(cursor.nextMember()).isTrue();
        cursor.skip();
        assertThat(cursor.nextMember()).isFalse();
        assertThat(cursor.nextMember()).isTrue();
        assertThat(cursor.keyIs("z")).isTrue();
        cursor.skip();
        assertThat(cursor.nextMember()).isFalse();
        cursor.finish();
    }

    @Test
    void keysAreComparedWithTheirEscapesResolved() {
        JsonCursor cursor = over("{\"mod\\u0065l\":1}");
        cursor.enterObject();
        cursor.nextMember();
        assertThat(cursor.keyIs("model")).isTrue();
        assertThat(cursor.keyIs("modeL")).isFalse();
    }

    private static JsonCursor over(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonCursor(JsonCursor.DEFAULT_DEPTH, true).reset(bytes, 0, bytes.length);
    }

    private static void nested(int depth) {
        JsonCursorSyntaxTest.walk(("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8));
    }
}
