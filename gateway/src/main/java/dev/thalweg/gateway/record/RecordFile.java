package dev.thalweg.gateway.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The local record: one file a day (UTC), one line of JSON a request, only ever appended to. A line torn by a crash is
 * closed off before the next one. Used by one thread.
 */
final class RecordFile implements AutoCloseable {
    private static final int MOST_WRITERS = 100;

    private final Path directory;
    private @Nullable FileChannel channel;
    private @Nullable LocalDate day;

    /**
     * In this directory, which is made where it is missing.
     *
     * @throws IOException when it cannot be written to
     */
    RecordFile(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        open(LocalDate.now(ZoneOffset.UTC));
    }

    /** Appends bytes and waits until the disk has them. */
    void append(byte[] bytes, int length) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        FileChannel file = channel;
        if (file == null || !today.equals(day)) {
            close();
            file = open(today);
        }
        long start = file.position();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(false);
        } catch (IOException e) {
            takeBack(file, start);
            throw e;
        }
    }

    /** What was written of a batch that failed (a full disk) goes, because the whole batch is tried again. */
    private void takeBack(FileChannel file, long start) {
        try {
            file.truncate(start);
        } catch (IOException e) {
            // Opened anew for the next try, which closes off a torn line.
            try {
                close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
        }
    }

    private FileChannel open(LocalDate today) throws IOException {
        FileChannel file = locked(today);
        long size = file.size();
        file.position(size);
        if (size > 0) {
            ByteBuffer last = ByteBuffer.allocate(1);
            file.read(last, size - 1);
            if (last.get(0) != '\n') {
                file.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
        channel = file;
        day = today;
        return file;
    }

    /** The day's file; a further one where another gateway writes into it already. */
    private FileChannel locked(LocalDate today) throws IOException {
        for (int number = 1; number <= MOST_WRITERS; number++) {
            String suffix = number == 1 ? "" : "." + number;
            FileChannel file = FileChannel.open(
                    directory.resolve("requests-" + today + suffix + ".jsonl"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (locks(file)) {
                return file;
            }
            file.close();
        }
        throw new IOException("more than " + MOST_WRITERS + " gateways write there");
    }

    /** Takes the file for this process until it is closed. */
    private static boolean locks(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
