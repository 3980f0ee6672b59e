package dev.thalweg.bench.jmh;

import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.HeldBytes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Relaying a chunk that comes in a read of its own, with observer and guard. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RelayBench {
    /** What is changed in each chunk: nothing, the model's name, or the name and a hidden {@code "usage":null}. */
    public enum Change {
        NOTHING,
        ALIAS,
        ALIAS_AND_NULL_USAGE
    }

    @Param
    Change change = Change.NOTHING;

    private byte[][] events = {};
    private Relay relay = relay();
    private int next;

    @Setup
    public void events() {
        events = Chunks.events(change == Change.ALIAS_AND_NULL_USAGE);
        relay = relay();
    }

    private Relay relay() {
        return new Relay(
                new StreamObserver(100),
                change == Change.NOTHING ? null : "fast",
                false,
                1 << 20,
                new HeldBytes(1 << 20));
    }

    @Benchmark
    public Relay.State relay(Blackhole out) {
        next = next + 1 == Chunks.COUNT ? 0 : next + 1;
        byte[] event = events[next];
        return relay.feed(event, 0, event.length, new RelayOutput() {
            @Override
            public void pass(int offset, int length) {
                out.consume(length);
            }

            @Override
            public void put(byte[] array, int offset, int length) {
                out.consume(array);
            }
        });
    }
}
