package dev.thalweg.bench.jmh;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.StreamObserver;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a chunk of text: alone, and into the observer with its guard. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChunkBench {
    private static final FrameSink NOBODY = new FrameSink() {};
    private static final int LIMIT = 100;

    private final byte[][] chunks = Chunks.all();
    private final ResponseReader reader = new ResponseReader();
    private final StreamObserver observer = new StreamObserver(LIMIT);
    private int next;

    @Benchmark
    public int read() {
        byte[] chunk = chunk();
        reader.read(chunk, 0, chunk.length, NOBODY);
        return reader.choices();
    }

    @Benchmark
    public boolean readAndObserve() {
        byte[] chunk = chunk();
        reader.read(chunk, 0, chunk.length, observer);
        return observer.stopped();
    }

    private byte[] chunk() {
        next = next + 1 == Chunks.COUNT ? 0 : next + 1;
        return chunks[next];
    }
}
