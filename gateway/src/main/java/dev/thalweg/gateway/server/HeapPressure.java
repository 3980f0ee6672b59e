package dev.thalweg.gateway.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the heap is too full of what is still in use. What counts is what the last collection of long-lived objects left
 * behind: between collections a full heap means nothing. Once it was too much, no more requests run at a time than nine
 * tenths of those that did when it was noticed, until a collection finds less. Thread-safe.
 */
final class HeapPressure {
    private final @Nullable MemoryPoolMXBean pool = longLived();
    private final long lookEvery;
    private volatile long lookedAt;
    private volatile int most = Integer.MAX_VALUE;

    /** Looks ten times a second at most. */
    HeapPressure() {
        this(Duration.ofMillis(100));
    }

    HeapPressure(Duration lookEvery) {
        this.lookEvery = lookEvery.toNanos();
        this.lookedAt = System.nanoTime() - this.lookEvery;
    }

    private static @Nullable MemoryPoolMXBean longLived() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .filter(pool -> pool.getCollectionUsage() != null)
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether so many running requests are enough for now.
     *
     * @param percent how much of the heap for long-lived objects may be in use; 0: any
     */
    boolean limits(int running, int percent) {
        if (percent == 0 || pool == null) {
            return false;
        }
        long now = System.nanoTime();
        if (now - lookedAt >= lookEvery) {
            lookedAt = now;
            look(pool, running, percent);
        }
        return running >= most;
    }

    private void look(MemoryPoolMXBean longLived, int running, int percent) {
        MemoryUsage left = longLived.getCollectionUsage();
        long room = left.getMax() > 0 ? left.getMax() : Runtime.getRuntime().maxMemory();
        boolean tooFull = left.getUsed() * 100.0 / room > percent;
        if (!tooFull) {
            most = Integer.MAX_VALUE;
        } else if (most == Integer.MAX_VALUE) {
            most = Math.max(1, running * 9 / 10);
        }
    }
}
