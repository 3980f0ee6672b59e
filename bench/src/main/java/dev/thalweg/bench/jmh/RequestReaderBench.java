package dev.thalweg.bench.jmh;

import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestReader;
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

/** Reading the head of a request with a prompt of 400 KB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestReaderBench {
    private static final int BYTES = 400_000;

    /** A line's worth of text: as a language model gets it, source code, without one escape, in another script. */
    public enum Text {
        PROSE("The thalweg is the line of fastest flow; \\\"it wanders\\\", he said.\\n"),
        CODE("\\t\\tif (name.equals(\\\"x\\\")) {\\n\\t\\t\\treturn \\\"a\\\\\\\\b\\\";\\n\\t\\t}\\n"),
        PLAIN("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"),
        CYRILLIC("Стрежень — линия наибольшей скорости потока, и он блуждает.\\n"),
        CHINESE("河流的深泓线是水流最快的一条线，它总在游移。\\n");

        private final String line;

        Text(String line) {
            this.line = line;
        }
    }

    @Param
    Text text = Text.PROSE;

    private final RequestReader reader = new RequestReader(128);
    private byte[] body = {};

    @Setup
    public void body() {
        int lineBytes = text.line.getBytes(StandardCharsets.UTF_8).length;
        String prompt = text.line.repeat(BYTES / lineBytes);
        body = ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public RequestHead read() {
        return reader.read(body, 0, body.length);
    }
}
