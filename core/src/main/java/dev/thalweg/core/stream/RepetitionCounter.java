package dev.thalweg.core.stream;

/**
 * Counts how the deltas of one lane repeat: the same one in a row, or a cycle of two to eight. Keeps the hashes of the last
 * eight and a counter for each period, so a delta costs the same however long the stream is. Not thread-safe.
 *
 * <p>A cycle waits longer than a run because an honest text has more of them: rows of a table, items of a list, {@code 0,
 * 0, 0}. One of short deltas only must be as long as a run of short ones, too.
 */
final class RepetitionCounter {
    private static final int LONGEST_PERIOD = 8;

    /** Fewer rounds are no cycle, however low the limit. */
    private static final int ROUNDS = 3;

    private final int runLimit;
    private final int shortLimit;
    private final int cycleLimit;

    private final long[] last = new long[LONGEST_PERIOD];

    /** At {@code p}: how many deltas in a row were equal to the one {@code p} before them. */
    private final int[] repeats = new int[LONGEST_PERIOD + 1];

    private int next;
    private int shortOnes;

    /** A counter with these limits; 0 switches a check off. */
    RepetitionCounter(int runLimit, int shortLimit, int cycleLimit) {
        this.runLimit = runLimit;
        this.shortLimit = shortLimit;
        this.cycleLimit = cycleLimit;
    }

    /** Counts a delta; gives the period of the loop that it completes (1: the same delta in a row), or 0. */
    int add(long hash, boolean isShort) {
        boolean seen = false;
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            boolean equal = last[(next - period) & (last.length - 1)] == hash;
            repeats[period] = equal ? repeats[period] + 1 : 0;
            seen |= equal;
        }
        last[next++ & (last.length - 1)] = hash;
        shortOnes = isShort ? shortOnes + 1 : 0;
        int limit = isShort ? shortLimit : runLimit;
        if (limit > 0 && length(1) >= limit) {
            return 1;
        }
        return seen ? cycle() : 0;
    }

    /** How many deltas the loop of this period has lasted. */
    int length(int period) {
        return repeats[period] + period;
    }

    private int cycle() {
        for (int period = 2; period <= LONGEST_PERIOD; period++) {
            // A run of one delta repeats with every period, too: it is judged as a run.
            boolean run = length(1) >= period;
            if (!run && repeats[period] >= (ROUNDS - 1) * period && length(period) >= cycleLimit(period)) {
                return period;
            }
        }
        return 0;
    }

    private int cycleLimit(int period) {
        boolean onlyShort = shortOnes >= period;
        if (cycleLimit == 0 || (onlyShort && shortLimit == 0)) {
            return Integer.MAX_VALUE;
        }
        return onlyShort ? Math.max(cycleLimit, shortLimit) : cycleLimit;
    }
}
