package dev.thalweg.core.fuzz;

import dev.thalweg.testkit.Cuts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a run draws beside its input: who asks for what, and how the network cuts it. */
final class Draws {
    private static final int SHORT = 64;
    private static final int MOST_CUTS = 400;

    final Random random;
    private final boolean everywhere;

    private Draws(Random random, boolean everywhere) {
        this.random = random;
        this.everywhere = everywhere;
    }

    /** Cuts at some places, a short input at all now and then. */
    static Draws some(Random random) {
        return new Draws(random, false);
    }

    /** Cuts at every place. */
    static Draws everywhere(Random random) {
        return new Draws(random, true);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Gives it cut. */
    void cut(byte[] input, Consumer<List<byte[]>> use) {
        if (everywhere || (input.length <= SHORT && random.nextInt(4) == 0)) {
            Cuts.everywhere(input, use);
        } else {
            use.accept(pieces(input));
        }
    }

    /** The input in pieces, or in very many. */
    List<byte[]> pieces(byte[] input) {
        TreeSet<Integer> cuts = new TreeSet<>();
        int wanted = random.nextInt(8) == 0 ? Math.min(MOST_CUTS, input.length / 2) : 1 + random.nextInt(6);
        for (int i = 0; i < wanted && input.length > 1; i++) {
            cuts.add(1 + random.nextInt(input.length - 1));
        }
        cuts.add(input.length);
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int at : cuts) {
            pieces.add(Arrays.copyOfRange(input, from, at));
            from = at;
        }
        return pieces;
    }
}
