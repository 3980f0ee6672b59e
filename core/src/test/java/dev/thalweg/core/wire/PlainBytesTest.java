package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainBytesTest {
    @Test
    void everyByteAtEveryPlaceIsJudgedAsByItself() {
        for (int value = 0; value < 256; value++) {
            boolean plain = value >= 0x20 && value != '"' && value != '\\';
            for (int place = 0; place < PlainBytes.LENGTH; place++) {
                byte[] bytes = new byte[PlainBytes.LENGTH + 2];
                Arrays.fill(bytes, (byte) 'x');
                bytes[place + 1] = (byte) value;
                assertThat(PlainBytes.at(bytes, 1, false))
                        .as("%d at %d", value, place)
                        .isEqualTo(plain);
                assertThat(PlainBytes.at(bytes, 1, true))
                        .as("%d at %d, ASCII", value, place)
                        .isEqualTo(plain && value < 0x80);
            }
        }
    }

    @Test
    void neighboursDoNotHideEachOther() {
        byte[] odd = {'"', '#', '\\', ']', 0x1f, 0x20, (byte) 0x80, (byte) 0xff};
        for (byte first : odd) {
            for (byte second : odd) {
                byte[] bytes = {'a', first, second, 'a', second, first, 'a', 'a'};
                boolean plain = isPlain(first) && isPlain(second);
                assertThat(PlainBytes.at(bytes, 0, false))
                        .as("%d %d", first, second)
                        .isEqualTo(plain);
            }
        }
    }

    private static boolean isPlain(byte b) {
        return (b < 0 || b >= 0x20) && b != '"' && b != '\\';
    }
}
