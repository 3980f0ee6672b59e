package dev.thalweg.bench.sdk;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The JVM in which one library works. {@code Child CLASS URL MODEL} reads one stream and says when {@code main} began;
 * then it does what its standard input says, one line of answer to each, until that ends.
 */
public final class Child {
    private static final int SEEDS = 64;

    private Child() {}

    /** Runs until its standard input ends. */
    public static void main(String[] args) throws Exception {
        long began = System.nanoTime();
        Subject subject = Class.forName(args[0])
                .asSubclass(Subject.class)
                .getConstructor(String.class)
                .newInstance(args[1]);
        Script first = Script.of(args[2]);
        read(subject, first, first.checksum());
        System.out.println(began);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Crowd crowd = new Crowd(subject);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(subject, crowd, line.split(" ")));
            }
        }
        System.exit(0);
    }

    private static String answer(Subject subject, Crowd crowd, String[] said) throws Exception {
        return switch (said[0]) {
            case "streams" ->
                streams(subject, Script.of(said[1]), Integer.parseInt(said[2]), Integer.parseInt(said[3]));
            case "crowd" -> crowd.begin(Script.of(said[1]), Integer.parseInt(said[2]));
            case "heap" -> crowd.heap();
            case "end" -> crowd.end();
            default -> throw new IOException("not known: " + said[0]);
        };
    }

    /** Reads so many streams, so many at a time, and gives the bytes allocated meanwhile. */
    private static String streams(Subject subject, Script script, int count, int atATime) throws Exception {
        long[] checksums = IntStream.range(0, SEEDS)
                .mapToLong(seed -> script.seeded(seed).checksum())
                .toArray();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        if (atATime == 1) {
            for (int i = 0; i < count; i++) {
                read(subject, script.seeded(i % SEEDS), checksums[i % SEEDS]);
            }
        } else {
            List<CompletableFuture<Void>> readers = IntStream.range(0, atATime)
                    .mapToObj(reader -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = reader; i < count; i += atATime) {
                                    read(subject, script.seeded(i % SEEDS), checksums[i % SEEDS]);
                                }
                            },
                            task -> Thread.ofVirtual().start(task)))
                    .toList();
            readers.forEach(CompletableFuture::join);
        }
        return Long.toString(threads.getTotalThreadAllocatedBytes() - before);
    }

    private static void read(Subject subject, Script script, long checksum) {
        Heard heard = new Heard(() -> {});
        try {
            subject.read(script.model(), heard);
        } catch (Exception e) {
            throw new IllegalStateException(script.model(), e);
        }
        if (heard.checksum() != checksum) {
            throw new IllegalStateException("another text came than was sent: " + script.model());
        }
    }
}
