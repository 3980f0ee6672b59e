package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"", "\"plain\"", "\"é日🦊\"", "\"\\n\\r\\t\\b\\f\\/\\\\\\\"\"", "\"a\\u0041b\\u00e9c\\u65e5\"",
                "\"\\ud83e\\udd8a\"", "\"🦊\\ud83e\\udd8a🦊\"", "\"\\\\u0041\"", "\"\\\\\\u0041\"",
                        "\"\\uABCD\\uabcd\"",
                "\"é\\n日\\t🦊\\\\\"", "\"\\u0000\""
            })
    void decodesAsJacksonDoes(String json) {
        String expected = JsonMapper.shared().readValue(json, String.class);
        JsonText text = text(json);
        assertThat(text.decode()).isEqualTo(expected);
        assertThat(text).hasToString(expected);
        assertThat(text.isEmpty()).isEqualTo(expected.isEmpty());
    }

    @Test
    void invalidUtf8BecomesTheReplacementCharacter() {
        byte[] json = {'"', 'a', (byte) 0xFF, 'b', '"'};
        JsonText text = new JsonText();
        new JsonCursor(1, false).reset(json, 0, json.length).readText(text);
        assertThat(text.decode()).isEqualTo("a\uFFFDb");
    }

    @Test
    void comparesWithEscapesResolved() {
        assertThat(text("\"model\"").is("model")).isTrue();
        assertThat(text("\"mod\\u0065l\"").is("model")).isTrue();
        assertThat(text("\"models\"").is("model")).isFalse();
        assertThat(text("\"mode\"").is("model")).isFalse();
        assertThat(text("\"\"").is("")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"\",0",
                "\"a\",1",
                "\"ab\",2",
                "\"abc\",3",
                "\"é日🦊\",3",
                "\"\\n\\n\",2",
                "\"\\u0041\",1",
                "\"\\u0041b\\\\\",3",
                "\"日\",1",
                "\"\\\"\\\"\",2"
            })
    void countsCharactersAndNotBytes(String json, int characters) {
        assertThat(text(json).hasAtLeast(characters)).isTrue();
        assertThat(text(json).hasAtLeast(characters + 1)).isFalse();
    }

    @Test
    void equalSpellingsHashEquallyWhereverTheyStand() {
        byte[] array = "[\"same\",\"same\",\"samf\"]".getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(2, true).reset(array, 0, array.length);
        JsonText text = new JsonText();
        cursor.enterArray();
        cursor.nextElement();
        cursor.readText(text);
        long first = text.hash();
        cursor.nextElement();
        cursor.readText(text);
        assertThat(text.hash()).isEqualTo(first);
        cursor.nextElement();
        cursor.readText(text);
        assertThat(text.hash()).isNotEqualTo(first);
    }

    @Test
    void manyDifferentTextsHashDifferently() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            hashes.add(text("\"" + i + "\"").hash());
        }
        assertThat(hashes).hasSize(20_000);
    }

    @Test
    void anAbsentTextDecodesToNull() {
        assertThat(JsonText.decodeOrNull(null)).isNull();
        assertThat(JsonText.decodeOrNull(text("\"a\""))).isEqualTo("a");
    }

    private static JsonText text(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonText text = new JsonText();
        JsonCursor cursor = new JsonCursor(1, true).reset(bytes, 0, bytes.length);
        cursor.readText(text);
        cursor.finish();
        return text;
    }
}
