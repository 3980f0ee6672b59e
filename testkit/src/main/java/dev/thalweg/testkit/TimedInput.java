package dev.thalweg.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A socket's input with a deadline for a whole operation, not for each read. */
final class TimedInput extends InputStream {
    private static final int SHOWN = 300;

    private final Socket socket;
    private final InputStream stream;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int limit;
    private Duration timeout = Duration.ofSeconds(10);
    private long deadline;

    TimedInput(Socket socket) throws IOException {
        this.socket = socket;
        this.stream = socket.getInputStream();
    }

    void timeout(Duration duration) {
        timeout = duration;
    }

    /** Starts the clock for the reads that follow. */
    void begin() {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, taken);
        position += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw late();
        }
        try {
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            int count = stream.read(buffer);
            if (count < 0) {
                return false;
            }
            position = 0;
            limit = count;
            return true;
        } catch (SocketTimeoutException e) {
            throw late();
        }
    }

    private AssertionError late() {
        int from = Math.max(0, limit - SHOWN);
        return new AssertionError("what was waited for did not come within " + timeout + "; the last bytes that came: "
                + Json.quote(new String(buffer, from, limit - from, UTF_8)));
    }
}
