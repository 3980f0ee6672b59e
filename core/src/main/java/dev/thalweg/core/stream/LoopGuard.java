package dev.thalweg.core.stream;

import dev.thalweg.core.wire.JsonText;
import java.util.Arrays;

/**
 * Notices a model that repeats itself: so many equal, non-trivial text deltas in a row, counted for each choice apart.
 * Deltas of fewer than three characters are trivial: dashes and blanks are often repeated for good reason. Costs a hash
 * of the delta.
 */
final class LoopGuard {
    private static final int TRIVIAL_BELOW = 3;

    private final int limit;
    private long[] last = new long[1];
    private int[] runs = new int[1];

    /** A guard that trips at this many repetitions; 0 or less never trips. */
    LoopGuard(int limit) {
        this.limit = limit;
    }

    /** Counts the next delta of a choice; true when it is one too many. */
    boolean repeats(int choice, JsonText text) {
        if (limit <= 0 || text.isEmpty()) {
            return false;
        }
        if (choice >= last.length) {
            last = Arrays.copyOf(last, choice + 1);
            runs = Arrays.copyOf(runs, choice + 1);
        }
        if (!text.hasAtLeast(TRIVIAL_BELOW)) {
            runs[choice] = 0;
            return false;
        }
        long hash = text.hash();
        runs[choice] = hash == last[choice] && runs[choice] > 0 ? runs[choice] + 1 : 1;
        last[choice] = hash;
        return runs[choice] >= limit;
    }
}
