package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ByteBuilderTest {
    @Test
    void anyTextComesBackFromItsJsonString() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            String text = randomText(random);
            byte[] json = new ByteBuilder(0).string(text).toBytes();
            assertThat(JsonMapper.shared().readValue(json, String.class)).isEqualTo(text);
        }
    }

    @Test
    void charactersThatSplitLinesForSomeReadersAreEscaped() {
        ByteBuilder json = new ByteBuilder(4).string("a\u2028b\u2029c\u0085d\ne\rf\u0000g\u001fh");
        assertThat(json).hasToString("\"a\\u2028b\\u2029c\\u0085d\\ne\\rf\\u0000g\\u001fh\"");
    }

    @Test
    void halfACharacterBecomesAQuestionMarkAndTheJsonStaysValid() {
        byte[] json = new ByteBuilder(4).string("a\ud83e").toBytes();
        assertThat(JsonMapper.shared().readValue(json, String.class)).isEqualTo("a?");
    }

    @Test
    void aStringOfAnotherDocumentIsCopiedAsItIsSpelledThere() {
        assertThat(copied("\"a\\n\\u00e9\\/é😀\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\"a\\n\\u00e9\\/é😀\"");
        assertThat(copied("\"\u2028x\u2029\u0085Å‧\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\"\\u2028x\\u2029\\u0085Å‧\"");
        assertThat(copied(new byte[] {'"', 'a', (byte) 0xE2, (byte) 0x80, 'b', (byte) 0xC2, '"'}))
                .isEqualTo("\"a\\ufffd\\ufffdb\\ufffd\"");
    }

    @Test
    void copyingAStringMeansTheSameAsWritingItAnew() {
        Random random = new Random(12);
        for (int round = 0; round < 5_000; round++) {
            String text = randomText(random);
            String copy = copied(JsonMapper.shared().writeValueAsBytes(text));
            assertThat(JsonMapper.shared().readValue(copy, String.class)).isEqualTo(text);
            assertThat(copy).doesNotContain("\u2028", "\u2029", "\u0085");
        }
    }

    private static String copied(byte[] json) {
        JsonText view = new JsonText();
        new JsonCursor(1, false).reset(json, 0, json.length).readText(view);
        return new ByteBuilder(0).string(view).toString();
    }

    @Test
    void growsAsItMustAndKeepsWhatItHolds() {
        ByteBuilder bytes = new ByteBuilder(0);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            bytes.number(i).ascii(",").append(new byte[] {'x', 'y', 'z'}, 1, 1);
            expected.append(i).append(",y");
        }
        assertThat(bytes).hasToString(expected.toString());
        assertThat(bytes.toBytes()).hasSize(bytes.length());
        assertThat(bytes.clear().number(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int point = switch (random.nextInt(5)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> "\"\\/\u0085\u2028\u2029\u007f".codePointAt(random.nextInt(7));
                case 2 -> random.nextInt(0xD800);
                case 3 -> Character.MIN_SUPPLEMENTARY_CODE_POINT + random.nextInt(0x10_0000);
                default -> 'a' + random.nextInt(26);
            };
            text.appendCodePoint(point);
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
