package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainBytesTest {
    private static final int LENGTH = 20;

    @Test
    void everyByteAtEveryPlaceIsJudgedAsByItself() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < LENGTH; place++) {
                byte[] bytes = new byte[LENGTH + 2];
                Arrays.fill(bytes, 1, LENGTH + 1, (byte) 'x');
                bytes[place + 1] = (byte) value;
                judgedAsOneByOne(bytes, 1, LENGTH + 1);
            }
        }
    }

    @Test
    void neighboursDoNotHideEachOther() {
        byte[] odd = {
            '"', '#', '!', ' ', '\\', ']', '[', 0x00, 0x1f, 0x20, 0x21, 0x7f, (byte) 0x80, (byte) 0xa0, (byte) 0xff
        };
        for (byte first : odd) {
            for (byte second : odd) {
                byte[] bytes = {'a', first, second, 'a', second, first, 'a', 'a'};
                judgedAsOneByOne(bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void whatLiesBehindTheEndIsNotLookedAt() {
        for (int end = 0; end <= LENGTH; end++) {
            byte[] bytes = new byte[LENGTH];
            Arrays.fill(bytes, 0, end, (byte) 'x');
            assertThat(PlainBytes.skip(bytes, 0, end, true)).isEqualTo(end);
        }
    }

    private static void judgedAsOneByOne(byte[] bytes, int start, int end) {
        for (boolean asciiOnly : new boolean[] {false, true}) {
            int expected = start;
            while (expected < end && isPlain(bytes[expected], asciiOnly)) {
                expected++;
            }
            assertThat(PlainBytes.skip(bytes, start, end, asciiOnly))
                    .as("%s, ASCII only: %s", Arrays.toString(bytes), asciiOnly)
                    .isEqualTo(expected);
        }
    }

    private static boolean isPlain(byte b, boolean asciiOnly) {
        return b < 0 ? !asciiOnly : b >= 0x20 && b != '"' && b != '\\';
    }
}
