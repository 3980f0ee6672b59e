package dev.thalweg.gateway.record;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.wire.ByteBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a record of every request: counts it at once, and has a thread of its own write it, in batches, to the local file
 * and as a log line. A row is on disk at most about 50 ms after its request ended ({@link #GATHER} and one sync of the
 * disk); a crash within that time loses it, and no more. While the disk refuses, rows wait in memory and are tried again;
 * when too many wait, {@link #accepts()} turns false and new requests are refused rather than left out of the record.
 * Thread-safe.
 */
public final class Recorder implements AutoCloseable {
    /** How long rows are gathered before they are written together. */
    static final Duration GATHER = Duration.ofMillis(20);

    private static final int MOST_WAITING = 100_000;
    private static final int MOST_REFUSALS_WAITING = 10_000;

    /** Wakes the writer to close. Not by an interrupt: that would close the file under its hands. */
    private static final LogLine CLOSE = new Refusal(Instant.EPOCH, "", 0, "");

    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());

    private final Metrics metrics;
    private final RecordFile file;
    private final OutputStream log;
    private final LinkedBlockingQueue<LogLine> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closing;

    /**
     * A recorder that writes into this directory.
     *
     * @param log where the log lines go
     * @throws UncheckedIOException when the directory cannot be written to
     */
    public Recorder(Path directory, OutputStream log, Metrics metrics) {
        this.metrics = metrics;
        this.log = log;
        try {
            this.file = new RecordFile(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.writer = Thread.ofPlatform().name("thalweg-record").daemon().start(this::run);
        metrics.waiting(queue::size);
    }

    /** Whether new requests can still be recorded. */
    public boolean accepts() {
        return queue.size() < MOST_WAITING;
    }

    /** A request has begun. */
    public void began() {
        metrics.began();
    }

    /** A request has ended. */
    public void ended(RequestRecord record, StreamEnd end, int status, @Nullable String code, long durationNanos) {
        record.ended(end, status, code, durationNanos);
        metrics.ended(record);
        queue.add(record);
    }

    /** A request was refused before any model was asked. A flood of them is counted, not logged. */
    public void refused(String requestId, int status, String code) {
        metrics.refused(status, code);
        if (queue.size() < MOST_REFUSALS_WAITING) {
            queue.add(new Refusal(Instant.now(), requestId, status, code));
        }
    }

    /** A deployment is left alone from now on. */
    public void cooled(Deployment deployment, FailureClass cause) {
        metrics.cooled(deployment, cause);
    }

    /** A deployment is asked beside another one. */
    public void hedged(Deployment deployment) {
        metrics.hedged(deployment);
    }

    private void run() {
        List<LogLine> batch = new ArrayList<>();
        ByteBuilder lines = new ByteBuilder(16 * 1024);
        while (!closing || !queue.isEmpty()) {
            try {
                LogLine first = queue.poll(1, TimeUnit.SECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                if (!closing) {
                    TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to: goes on, what is queued is still written.
            }
            queue.drainTo(batch);
            batch.removeIf(line -> line == CLOSE);
            lines.clear();
            batch.forEach(line -> line.write(lines));
            print(lines);
            if (batch.removeIf(line -> !line.isRow())) {
                lines.clear();
                batch.forEach(line -> line.write(lines));
            }
            if (!batch.isEmpty()) {
                write(lines);
                batch.clear();
            }
        }
    }

    private void write(ByteBuilder lines) {
        boolean told = false;
        while (true) {
            try {
                file.append(lines.array(), lines.length());
                return;
            } catch (IOException e) {
                if (!told) {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "The request record cannot be written; rows wait in memory: " + e.getMessage());
                    told = true;
                }
                if (closing) {
                    return;
                }
                metrics.writeFailed();
                pause();
            }
        }
    }

    private void print(ByteBuilder lines) {
        try {
            log.write(lines.array(), 0, lines.length());
            log.flush();
        } catch (IOException e) {
            // Standard output is closed: the record file has the same lines.
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            // Then it is tried again at once.
        }
    }

    /** Writes what is queued and stops. */
    @Override
    public void close() {
        closing = true;
        queue.add(CLOSE);
        try {
            writer.join(5_000);
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The request record was not closed: " + e.getMessage());
        }
    }
}
