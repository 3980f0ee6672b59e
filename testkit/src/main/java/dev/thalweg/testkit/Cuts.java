package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs a decoder's test with its input cut in all the ways a network may cut it.
 *
 * <p>The test gets the pieces, in order, whose concatenation is the input; it feeds them to a fresh decoder and checks
 * the outcome. What it throws is thrown again as an {@link AssertionError} that names the cut. Stateless.
 */
public final class Cuts {
    private static final int CONTEXT = 20;

    private Cuts() {}

    /** Runs the test with the whole input, with one cut at every position, and with pieces of 1, 2, 3 and 7 bytes. */
    public static void everywhere(byte[] input, Consumer<List<byte[]>> test) {
        run(input, List.of(), "whole input of " + input.length + " bytes", test);
        for (int cut = 1; cut < input.length; cut++) {
            run(input, List.of(cut), "cut at byte " + cut + " of " + input.length + ": " + around(input, cut), test);
        }
        for (int size : new int[] {1, 2, 3, 7}) {
            int step = size;
            List<Integer> cuts = IntStream.iterate(step, cut -> cut < input.length, cut -> cut + step)
                    .boxed()
                    .toList();
            run(input, cuts, "pieces of " + size + " bytes, input of " + input.length, test);
        }
    }

    /** Runs the test {@code rounds} times, each with cuts drawn anew; the same seed draws the same cuts. */
    public static void random(byte[] input, long seed, int rounds, Consumer<List<byte[]>> test) {
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            double density = random.nextDouble();
            List<Integer> cuts = IntStream.range(1, Math.max(1, input.length))
                    .filter(cut -> random.nextDouble() < density)
                    .boxed()
                    .toList();
            run(input, cuts, "seed " + seed + ", round " + round + ", cut at bytes " + cuts, test);
        }
    }

    private static void run(byte[] input, List<Integer> cuts, String name, Consumer<List<byte[]>> test) {
        try {
            test.accept(pieces(input, cuts));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("failed with " + name + ": " + e, e);
        }
    }

    private static List<byte[]> pieces(byte[] input, List<Integer> cuts) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (int cut : cuts) {
            pieces.add(Arrays.copyOfRange(input, from, cut));
            from = cut;
        }
        pieces.add(Arrays.copyOfRange(input, from, input.length));
        return List.copyOf(pieces);
    }

    private static String around(byte[] input, int cut) {
        int from = Math.max(0, cut - CONTEXT);
        int to = Math.min(input.length, cut + CONTEXT);
        return Json.quote(new String(input, from, cut - from, ISO_8859_1)) + " | "
                + Json.quote(new String(input, cut, to - cut, ISO_8859_1));
    }
}
