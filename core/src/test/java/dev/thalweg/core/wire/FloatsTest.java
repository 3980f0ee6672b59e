package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors keep every bit, in both of their forms. */
class FloatsTest {
    private static float parse(String number) {
        byte[] bytes = Bytes.utf8(number);
        return Floats.parse(bytes, 0, bytes.length);
    }

    private static float[] read(String json) {
        byte[] bytes = Bytes.utf8(json);
        return Floats.read(new JsonCursor(JsonCursor.DEFAULT_DEPTH, true).reset(bytes, 0, bytes.length), bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0e9",
                "1",
                "-1",
                "0.1",
                "1E2",
                "1e+2",
                "1e-45",
                "1.4E-45",
                "7e-46",
                "7.006492321624086e-46",
                "1.1754943E-38",
                "3.4028235E38",
                "3.4028235677973366e38",
                "3.4028235677973365e38",
                "1e39",
                "-1e999",
                "1e-999",
                "1e99999999999",
                "0.000000000000000000000000000000000000000000000001",
                "123456789012345678901234567890",
                "0.12345678901234567890123456789",
                "16777217",
                "16777217.0000000000000000000000001",
                "16777216.9999999999999999999999999",
                "-0.006929283495992422",
                "9007199791611905",
                "9.999999999999999999999999e22",
                "0.00000000000000000000001e22"
            })
    void aNumberIsRoundedAsJavaRoundsIt(String number) {
        assertThat(Float.floatToRawIntBits(parse(number))).isEqualTo(Float.floatToRawIntBits(Float.parseFloat(number)));
    }

    @Test
    void numbersThatAreDrawnAndThoseHalfwayBetweenTwoAreRoundedAsJavaRoundsThem() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            float one = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(one) || Float.isInfinite(Math.nextUp(one))) {
                continue;
            }
            BigDecimal halfway =
                    new BigDecimal(one).add(new BigDecimal(Math.nextUp(one))).divide(BigDecimal.TWO);
            String exact = i % 4 == 0
                    ? Float.toString(one)
                    : i % 4 == 1
                            ? Double.toString(random.nextGaussian())
                            : i % 4 == 2 ? halfway.toString() : Double.toString(halfway.doubleValue());
            float read = parse(exact);
            assertThat(Float.floatToRawIntBits(read))
                    .as(exact)
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(exact)));
        }
    }

    @Test
    void everyFloatComesBackFromBothForms() {
        Random random = new Random(11);
        float[] vector = new float[5_000];
        for (int i = 0; i < vector.length; i++) {
            float drawn = Float.intBitsToFloat(random.nextInt());
            vector[i] = Float.isFinite(drawn) ? drawn : i;
        }
        ByteBuilder numbers = new ByteBuilder(16);
        Floats.write(numbers, vector);
        assertThat(read(numbers.toString())).isEqualTo(vector);

        ByteBuilder base64 = new ByteBuilder(16);
        Floats.writeBase64(base64, vector);
        String text = base64.toString();
        assertThat(Floats.ofBase64(JsonText.of(text.substring(1, text.length() - 1))))
                .isEqualTo(vector);
    }

    @Test
    void theBytesAreLittleEndian() {
        ByteBuilder out = new ByteBuilder(16);
        Floats.writeBase64(out, new float[] {1f, -2.5f});
        assertThat(out).hasToString("\"AACAPwAAIMA=\"");
    }

    @Test
    void whatIsNoNumberIsANull() {
        ByteBuilder out = new ByteBuilder(16);
        Floats.write(out, new float[] {1f, Float.NaN, Float.POSITIVE_INFINITY});
        assertThat(out).hasToString("[1.0,null,null]");
        assertThat(read("[1, null ]")).isEqualTo(new float[] {1f, Float.NaN});
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "[\"1\"]", "[[1]]", "[1", "[1,]", "[true]", "[{}]", "[-]", "[.5]"})
    void whatIsNoVectorIsRefused(String json) {
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> read(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AACAPw=", "AAC", "****", "é", "AACAPwA="})
    void whatIsNoBase64OfFloatsIsRefused(String text) {
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> Floats.ofBase64(JsonText.of(text)));
    }

    @Test
    void anEmptyVectorIsOne() {
        assertThat(read("[]")).isEmpty();
        assertThat(Floats.ofBase64(JsonText.of(""))).isEmpty();
    }
}
