package dev.thalweg.bench.jmh;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Cutting 64 KB of events that come in reads of this size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SseReaderBench {
    private static final int BYTES = 64 * 1024;

    @Param({"64", "360", "1448", "16384", "65536"})
    int read;

    private byte[] stream = {};

    @Setup
    public void events() {
        stream = new byte[BYTES];
        int at = 0;
        for (int i = 0; at < BYTES; i++) {
            byte[] event = Chunks.event(i, false);
            int length = Math.min(event.length, BYTES - at);
            System.arraycopy(event, 0, stream, at, length);
            at += length;
        }
        Arrays.fill(stream, BYTES - 2, BYTES, (byte) '\n');
    }

    @Benchmark
    public int cut64KB() {
        SseReader reader = new SseReader(1 << 20, new HeldBytes(1 << 20));
        int events = 0;
        for (int at = 0; at < BYTES; at += read) {
            reader.feed(stream, at, Math.min(read, BYTES - at));
            while (reader.next()) {
                events += reader.block().dataLength() > 0 ? 1 : 0;
            }
        }
        reader.close();
        return events;
    }
}
