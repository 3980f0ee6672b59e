package dev.thalweg.bench.jmh;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the SDK does with a chunk: collecting its events, and adding it to the answer; per chunk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AssemblerBench {
    private final byte[][] frames = Chunks.all();
    private List<ChatChunk> chunks = List.of();

    @Setup
    public void chunks() {
        chunks = collect();
    }

    @Benchmark
    @OperationsPerInvocation(Chunks.COUNT)
    public List<ChatChunk> collect() {
        ResponseReader reader = new ResponseReader();
        EventCollector collector = new EventCollector();
        List<ChatChunk> collected = new ArrayList<>();
        for (byte[] frame : frames) {
            reader.read(frame, 0, frame.length, collector);
            collected.add(collector.takeChunk(new RawJson(new String(frame, StandardCharsets.UTF_8))));
        }
        return collected;
    }

    @Benchmark
    @OperationsPerInvocation(Chunks.COUNT)
    public ChatResponse assemble() {
        return Assembler.assemble(chunks);
    }
}
