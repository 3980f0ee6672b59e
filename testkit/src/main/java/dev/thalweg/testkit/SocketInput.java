package dev.thalweg.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A socket's input that is always being read, so that the peer's close is noticed at once and not only when somebody
 * asks for bytes.
 *
 * <p>One virtual thread moves bytes from the socket into a ring; what comes early (a pipelined request) waits there. When
 * the ring is full nothing more is read, and a close behind that many unread bytes goes unnoticed.
 */
final class SocketInput extends InputStream {
    private final byte[] ring = new byte[16 * 1024];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int start;
    private int count;
    private boolean ended;

    /** Moves bytes until the source ends or breaks; {@code onEnd} is called before readers see the end. */
    void pump(InputStream source, Runnable onEnd) {
        try {
            int moved = 0;
            while (moved >= 0) {
                moved = fillFrom(source);
            }
        } catch (IOException e) {
            // A reset ends the input just as a close does.
        }
        onEnd.run();
        end();
    }

    private int fillFrom(InputStream source) throws IOException {
        int from;
        int room;
        lock.lock();
        try {
            while (count == ring.length && !ended) {
                changed.awaitUninterruptibly();
            }
            if (ended) {
                return -1;
            }
            from = (start + count) % ring.length;
            room = Math.min(ring.length - count, ring.length - from);
        } finally {
            lock.unlock();
        }
        // The free part of the ring belongs to this thread alone, so the blocking read needs no lock.
        int moved = source.read(ring, from, room);
        if (moved > 0) {
            lock.lock();
            try {
                count += moved;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return moved;
    }

    /** Lets readers see the end once they have taken what is in the ring, and stops the pump. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (count == 0 && !ended) {
                changed.awaitUninterruptibly();
            }
            if (count == 0) {
                return -1;
            }
            int taken = Math.min(Math.min(length, count), ring.length - start);
            System.arraycopy(ring, start, into, offset, taken);
            start = (start + taken) % ring.length;
            count -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a first byte; false when the input ended instead. */
    boolean awaitByte() {
        lock.lock();
        try {
            while (count == 0 && !ended) {
                changed.awaitUninterruptibly();
            }
            return count > 0;
        } finally {
            lock.unlock();
        }
    }
}
