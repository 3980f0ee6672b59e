package dev.thalweg.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a load saw: times in nanoseconds, and what went wrong. Thread-safe. */
final class Samples {
    private final long[] totals;
    private final long[] firstTokens;
    private int count;
    private int failures;
    private @Nullable String firstFailure;

    Samples(int capacity) {
        totals = new long[capacity];
        firstTokens = new long[capacity];
    }

    synchronized void add(long total, long firstToken) {
        totals[count] = total;
        firstTokens[count] = firstToken;
        count++;
    }

    synchronized void failed(String what) {
        failures++;
        firstFailure = firstFailure == null ? what : firstFailure;
    }

    synchronized int count() {
        return count;
    }

    /** What went wrong; null when nothing did. */
    synchronized @Nullable String failure() {
        return failures == 0 ? null : failures + " failures, the first: " + firstFailure;
    }

    /** Milliseconds from the request to the end of the answer, at this percentile. */
    synchronized double totalMillis(double percentile) {
        return at(totals, percentile);
    }

    /** Milliseconds from the request to the first text, at this percentile. */
    synchronized double firstTokenMillis(double percentile) {
        return at(firstTokens, percentile);
    }

    private double at(long[] nanos, double percentile) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (count * percentile / 100))] / 1e6;
    }
}
