package dev.thalweg.bench.sdk;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Many streams at once, each with texts of its own and read by a virtual thread of its own. */
final class Crowd {
    /** Linux lets no more than somaxconn (4096) connections wait for being accepted: the rest would time out. */
    private final Semaphore opening = new Semaphore(1000);

    private final Subject subject;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger whole = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Crowd(Subject subject) {
        this.subject = subject;
    }

    String begin(Script script, int streams) {
        long before = live();
        for (int i = 0; i < streams; i++) {
            Script its = script.seeded(i);
            threads.add(Thread.ofVirtual().start(() -> read(its)));
        }
        return Long.toString(before);
    }

    private void read(Script script) {
        opening.acquireUninterruptibly();
        AtomicBoolean opened = new AtomicBoolean();
        Runnable once = () -> {
            if (!opened.getAndSet(true)) {
                opening.release();
            }
        };
        Heard heard = new Heard(once);
        try {
            subject.read(script.model(), heard);
            if (heard.checksum() != script.checksum()) {
                throw new IllegalStateException("another text came than was sent");
            }
            whole.incrementAndGet();
        } catch (Exception | Error e) {
            failures.merge(chain(e), 1, Integer::sum);
        } finally {
            once.run();
        }
    }

    private static String chain(Throwable failure) {
        String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return failure.getCause() == null ? text : text + " <- " + chain(failure.getCause());
    }

    /** Bytes in use after a collection, and platform threads at most. */
    String heap() {
        return live() + " " + ManagementFactory.getThreadMXBean().getPeakThreadCount();
    }

    /** Waits for all: how many were whole, what is resident at most in KB, and what failed. */
    String end() throws InterruptedException, IOException {
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        return whole.get() + " " + residentKilobytes() + " " + failures;
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long residentKilobytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
