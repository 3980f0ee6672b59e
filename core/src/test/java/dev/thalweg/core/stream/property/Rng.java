package dev.thalweg.core.stream.property;

import java.util.List;
import java.util.Random;

/** A seeded source of choices: the same seed makes the same answers and the same cuts. */
final class Rng {
    private final Random random;

    Rng(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    long number() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
