package dev.thalweg.bench.jmh;

import dev.thalweg.core.wire.TokenEstimator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Estimating one kilobyte. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenEstimatorBench {
    private static final int BYTES = 1024;

    @Param({"The line of fastest flow wanders from bank to bank. ", "最も速い流れの線は岸から岸へとさまよう。"})
    String text = "";

    private byte[] bytes = {};
    private final TokenEstimator tokens = new TokenEstimator();

    @Setup
    public void repeat() {
        bytes = text.repeat(BYTES / 8).getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public long oneKilobyte() {
        tokens.add(bytes, 0, BYTES);
        return tokens.tokens();
    }
}
