package dev.thalweg.load;

import com.sun.management.OperatingSystemMXBean;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads many streams at once, each on a virtual thread, checks every text, and prints what that took as {@code name
 * value} lines. A program: {@code LoadClient URL STREAMS CHUNKS MILLIS}.
 */
public final class LoadClient {
    /** Linux lets no more than somaxconn (4096) connections wait for being accepted: the rest would time out. */
    private static final Semaphore OPENING = new Semaphore(1000);

    private LoadClient() {}

    /** Runs once. */
    public static void main(String[] args) throws Exception {
        String url = args[0];
        int streams = Integer.parseInt(args[1]);
        int chunks = Integer.parseInt(args[2]);
        long millis = Long.parseLong(args[3]);
        Thalweg thalweg = Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-load", "OPENAI_BASE_URL", url))
                .retries(0)
                .build();
        read(thalweg, 0, 1, 2, 10, new CountDownLatch(1));
        long before = liveBytes();
        AtomicLong peak = watchHeap();

        CountDownLatch open = new CountDownLatch(streams);
        AtomicInteger whole = new AtomicInteger();
        Map<String, Integer> failures = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            int stream = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    read(thalweg, stream, streams, chunks, millis, open);
                    whole.incrementAndGet();
                } catch (RuntimeException | Error e) {
                    failures.merge(chain(e), 1, Integer::sum);
                    open.countDown();
                }
            }));
        }
        open.await();
        long opened = System.nanoTime();
        boolean unused = threads.getFirst().join(Duration.ofMillis(millis / 2));
        long live = liveBytes();
        if (args.length > 4) {
            histogram(Path.of(args[4]));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long end = System.nanoTime();

        print("streams", streams);
        print("whole", whole.get());
        failures.forEach((failure, count) -> print("failed", count + " " + failure));
        print("open_ms", (opened - start) / 1_000_000);
        print("total_ms", (end - start) / 1_000_000);
        print("peak_heap_mb", peak.get() >> 20);
        print("live_heap_mb", live >> 20);
        print("kb_per_stream", (live - before) / 1024 / streams);
        print("rss_mb", rss());
        print("platform_threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
        print(
                "cpu_s",
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1_000_000_000);
    }

    private static void read(Thalweg thalweg, int stream, int streams, int chunks, long millis, CountDownLatch open) {
        StringBuilder text = new StringBuilder();
        try (ChatStream answer = open(thalweg, LoadUpstream.prompt(stream, streams, chunks, millis))) {
            open.countDown();
            for (ChatChunk chunk : answer) {
                text.append(chunk.content());
            }
        }
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < chunks; i++) {
            expected.append(LoadUpstream.text(stream, i));
        }
        if (!text.toString().contentEquals(expected)) {
            throw new IllegalStateException("another text came than was sent");
        }
    }

    private static ChatStream open(Thalweg thalweg, String prompt) {
        OPENING.acquireUninterruptibly();
        try {
            return thalweg.stream("openai/load", prompt);
        } finally {
            OPENING.release();
        }
    }

    private static String chain(Throwable failure) {
        return failure + (failure.getCause() == null ? "" : " <- " + chain(failure.getCause()));
    }

    private static void print(String name, Object value) {
        System.out.println(name + " " + value);
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The most heap in use at once, garbage included, as far as twenty looks a second see it. */
    private static AtomicLong watchHeap() {
        AtomicLong peak = new AtomicLong();
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                peak.accumulateAndGet(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
                LockSupport.parkNanos(50_000_000);
            }
        });
        return peak;
    }

    private static long rss() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static void histogram(Path file) throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(ProcessHandle.current().pid()),
                        "GC.class_histogram")
                .redirectOutput(file.toFile())
                .start()
                .waitFor();
    }
}
