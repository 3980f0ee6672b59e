package dev.thalweg.bench.sdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** User and system time of all threads of a process, to the nanosecond: the JVM's own count has steps of 10 ms. */
final class ProcessorTime {
    private static final MethodHandle CLOCK = clock();

    private ProcessorTime() {}

    /** Of a process that runs, in nanoseconds since its start. */
    static long nanos(long pid) {
        int clockId = (int) (~pid << 3 | 2); // what clock_getcpuclockid gives on Linux
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int failed = (int) CLOCK.invokeExact(clockId, time);
            if (failed != 0) {
                throw new IllegalStateException("process " + pid + " has ended");
            }
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000 + time.getAtIndex(JAVA_LONG, 1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // the launcher enables it
    private static MethodHandle clock() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }
}
