package dev.thalweg.core.route;

import java.util.Arrays;

/** Counts what happened in the last while, in a few buckets that expire one by one. Not thread-safe. */
final class SlidingWindow {
    private static final int BUCKETS = 12;

    private final long bucketNanos;
    private final long[] buckets = new long[BUCKETS];
    private long current = Long.MIN_VALUE;
    private long sum;

    private SlidingWindow(long nanos) {
        this.bucketNanos = nanos / BUCKETS;
    }

    /** Of a minute. */
    static SlidingWindow minute() {
        return new SlidingWindow(60_000_000_000L);
    }

    /** Of ten seconds. */
    static SlidingWindow tenSeconds() {
        return new SlidingWindow(10_000_000_000L);
    }

    void add(long now, long amount) {
        moveTo(now);
        buckets[(int) Math.floorMod(current, (long) BUCKETS)] += amount;
        sum += amount;
    }

    long sum(long now) {
        moveTo(now);
        return sum;
    }

    void clear() {
        Arrays.fill(buckets, 0);
        sum = 0;
    }

    /** Makes that one count what this one does. */
    void copyTo(SlidingWindow copy) {
        System.arraycopy(buckets, 0, copy.buckets, 0, BUCKETS);
        copy.current = current;
        copy.sum = sum;
    }

    private void moveTo(long now) {
        long bucket = Math.floorDiv(now, bucketNanos);
        if (bucket <= current) {
            return;
        }
        long steps = current == Long.MIN_VALUE ? BUCKETS : Math.min(bucket - current, BUCKETS);
        for (long i = 1; i <= steps; i++) {
            int index = (int) Math.floorMod(bucket - steps + i, (long) BUCKETS);
            sum -= buckets[index];
            buckets[index] = 0;
        }
        current = bucket;
    }
}
