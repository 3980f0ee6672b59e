package dev.thalweg.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Netty's leak detector, keeping what it finds for a test to look at. The build installs it for all tests of this module
 * ({@code -Dio.netty.customResourceLeakDetector}) and has every buffer followed ({@code paranoid}).
 */
public final class LeakRecorder<T> extends ResourceLeakDetector<T> {
    private static final String CANARY = "a canary, leaked on purpose";
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Called by Netty. */
    public LeakRecorder(Class<?> type, int samplingInterval) {
        super(type, samplingInterval);
    }

    /** Looked for by Netty besides the other one. */
    @SuppressWarnings("deprecation")
    public LeakRecorder(Class<?> type, int samplingInterval, long maxActive) {
        super(type, samplingInterval, maxActive);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType);
    }

    /** All buffers that were dropped without being released, so far; a buffer leaked on purpose shows that it works. */
    public static List<String> leaks() {
        dropOneBuffer();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (LEAKS.stream().noneMatch(leak -> leak.contains(CANARY))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the leak detector does not work: run with"
                        + " -Dio.netty.leakDetection.level=paranoid -Dio.netty.customResourceLeakDetector="
                        + LeakRecorder.class.getName());
            }
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            ByteBufAllocator.DEFAULT.directBuffer(64).release();
        }
        return LEAKS.stream().filter(leak -> !leak.contains(CANARY)).toList();
    }

    private static void dropOneBuffer() {
        ByteBuf canary = ByteBufAllocator.DEFAULT.directBuffer(64);
        canary.touch(CANARY);
    }
}
