package dev.thalweg.core.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Vectors on their way: as JSON numbers, or as base64 of their bytes, little-endian. Numbers are read straight into an array
 * and correctly rounded; written in the fewest digits that are read back as the same number.
 */
public final class Floats {
    private static final int FIRST_ROOM = 1_024;

    /** All of them are exact in a double. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** What a long holds for certain. */
    private static final int MOST_DIGITS = 18;

    private static final int MOST_EXPONENT = 100_000;

    /** The bits of a double that a float has not; halfway between two floats they are {@link #HALFWAY}. */
    private static final long BELOW_FLOAT = (1L << 29) - 1;

    private static final long HALFWAY = 1L << 28;

    /** More than two roundings and the digits that were left out can move a double. */
    private static final long DOUBT = 8;

    private Floats() {}

    /**
     * The array of numbers ahead of the cursor; a null in it is no number ({@code NaN}).
     *
     * @param array what the cursor walks through
     * @throws JsonSyntaxException when something else is in it
     */
    public static float[] read(JsonCursor cursor, byte[] array) {
        cursor.enterArray();
        float[] vector = new float[FIRST_ROOM];
        int count = 0;
        while (cursor.nextElement()) {
            if (count == vector.length) {
                vector = Arrays.copyOf(vector, count * 2);
            }
            int first = cursor.peek();
            int start = cursor.position();
            cursor.skip();
            if (first == 'n') {
                vector[count++] = Float.NaN;
            } else if (first == '-' || (first >= '0' && first <= '9')) {
                vector[count++] = parse(array, start, cursor.position());
            } else {
                throw new JsonSyntaxException("Expected a number", start);
            }
        }
        return Arrays.copyOf(vector, count);
    }

    /**
     * The vector whose bytes this text is in base64.
     *
     * @throws JsonSyntaxException when it is no base64, or of no whole number of floats
     */
    public static float[] ofBase64(JsonText text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.decode().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException broken) {
            throw new JsonSyntaxException("Broken base64", text.start());
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new JsonSyntaxException("Bytes that are no floats", text.start());
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    /** Writes a vector as an array of numbers; what is no finite number is a null. */
    public static void write(ByteBuilder out, float[] vector) {
        out.ascii("[");
        for (int i = 0; i < vector.length; i++) {
            out.ascii(i == 0 ? "" : ",").ascii(Float.isFinite(vector[i]) ? Float.toString(vector[i]) : "null");
        }
        out.ascii("]");
    }

    /** Writes a vector as a string in base64. */
    public static void writeBase64(ByteBuilder out, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        out.ascii("\"").append(Base64.getEncoder().encode(bytes.array())).ascii("\"");
    }

    /** The number that stands there, which is one of JSON's. */
    static float parse(byte[] array, int start, int end) {
        boolean negative = array[start] == '-';
        long digits = 0;
        int count = 0;
        int exponent = 0;
        boolean fraction = false;
        int i = negative ? start + 1 : start;
        for (; i < end && (array[i] | 0x20) != 'e'; i++) {
            if (array[i] == '.') {
                fraction = true;
            } else if (count < MOST_DIGITS) {
                digits = digits * 10 + (array[i] - '0');
                count += digits == 0 ? 0 : 1;
                exponent -= fraction ? 1 : 0;
            } else {
                exponent += fraction ? 0 : 1;
            }
        }
        if (i < end) {
            exponent += exponent(array, i + 1, end);
        }
        if (digits == 0) {
            return negative ? -0.0f : 0.0f;
        }
        if (exponent >= -22 && exponent <= 22) {
            double near = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            long beyond = Double.doubleToRawLongBits(near) & BELOW_FLOAT;
            if (Math.abs(beyond - HALFWAY) > DOUBT && near >= Float.MIN_NORMAL) {
                return (float) (negative ? -near : near);
            }
        }
        return Float.parseFloat(new String(array, start, end - start, StandardCharsets.ISO_8859_1));
    }

    private static int exponent(byte[] array, int start, int end) {
        boolean negative = array[start] == '-';
        int value = 0;
        for (int i = array[start] == '-' || array[start] == '+' ? start + 1 : start; i < end; i++) {
            value = Math.min(MOST_EXPONENT, value * 10 + (array[i] - '0'));
        }
        return negative ? -value : value;
    }
}
