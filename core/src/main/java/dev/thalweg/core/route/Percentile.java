package dev.thalweg.core.route;

/**
 * Estimates a percentile of what was seen lately, to within a tenth, in a fixed number of counters whose width grows with
 * the value. Old values fade: when enough were counted, all counts are halved. Not thread-safe.
 */
final class Percentile {
    private static final int FEWEST = 20;
    private static final int MOST = 2_000;
    private static final int BUCKETS = 256;
    private static final double GROWTH = Math.log(1.1);
    private static final double SMALLEST = 10_000;

    private final int[] counts = new int[BUCKETS];
    private int total;

    void add(long value) {
        counts[bucket(value)]++;
        if (++total >= MOST) {
            total = 0;
            for (int i = 0; i < BUCKETS; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
    }

    /** The upper end of the bucket this part of all values lies in; 0 while too few were seen. */
    long value(double part) {
        if (total < FEWEST) {
            return 0;
        }
        int below = (int) Math.ceil(part * total);
        int seen = 0;
        int bucket = -1;
        while (seen < below) {
            seen += counts[++bucket];
        }
        return (long) (SMALLEST * Math.exp(GROWTH * bucket));
    }

    private static int bucket(long value) {
        double steps = Math.ceil(Math.log(Math.max((double) value, SMALLEST) / SMALLEST) / GROWTH);
        return (int) Math.min(BUCKETS - 1, steps);
    }
}
