package dev.thalweg.core.wire;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into server-sent events (WHATWG) and says where each one's data is. It is fed one network read
 * after the other, in whatever pieces they come, and holds back an incomplete event:
 *
 * <pre>{@code
 * reader.feed(read, 0, length);
 * while (reader.next()) { use(reader.data()...); }
 * }</pre>
 *
 * An event that lies whole in one read is not copied. Lines end with LF, CRLF or CR, mixed and cut anywhere.
 */
public final class SseReader {
    private static final byte[] NONE = {};
    private static final int KEPT = 64 * 1024;

    private final int maxEventBytes;
    private final HeldBytes budget;
    private final SseBlock block = new SseBlock();

    private byte[] in = NONE;
    private int start;
    private int scan;
    private int end;

    private byte[] hold = NONE;
    private int held;
    private boolean blockIsHeld;

    private boolean afterCr;
    private boolean lineHasBytes;
    private boolean blockHasLines;
    private boolean firstBlock = true;

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one event may be, in bytes
     * @param budget what all streams together may hold back
     */
    public SseReader(int maxEventBytes, HeldBytes budget) {
        this.maxEventBytes = maxEventBytes;
        this.budget = budget;
    }

    /** Gives it the next read. The array is used until the last call of {@link #next()} for it. */
    public void feed(byte[] array, int offset, int length) {
        in = array;
        start = offset;
        scan = offset;
        end = offset + length;
    }

    /**
     * Steps to the next whole event; false when the rest of the read is held back (or nothing is left).
     *
     * @throws EventTooLargeException when the event is larger than allowed
     */
    public boolean next() {
        if (blockIsHeld) {
            dropHeld();
        }
        while (scan < end) {
            byte b = in[scan++];
            if (b == '\n' || b == '\r') {
                if (b == '\n' && afterCr) {
                    afterCr = false;
                    continue;
                }
                afterCr = b == '\r';
                if (!lineHasBytes && blockHasLines) {
                    if (afterCr && scan < end && in[scan] == '\n') {
                        scan++;
                        afterCr = false;
                    }
                    complete();
                    return true;
                }
                lineHasBytes = false;
            } else {
                afterCr = false;
                lineHasBytes = true;
                blockHasLines = true;
                scan = lineEnd(in, scan, end);
            }
        }
        hold();
        return false;
    }

    /** The position of the first LF or CR, {@code end} where there is none. */
    private static int lineEnd(byte[] array, int from, int end) {
        int i = from;
        while (i < end && array[i] != '\n' && array[i] != '\r') {
            i++;
        }
        return i;
    }

    /** At the end of the body: whether there is a last event that lacks its blank line. It is then {@link #block()}. */
    public boolean finish() {
        if (!blockHasLines || held == 0) {
            return false;
        }
        completeHeld();
        return true;
    }

    /** The event {@link #next()} stepped to. Valid until the next step. */
    public SseBlock block() {
        return block;
    }

    /** Where the current event ends in the array that was fed. */
    public int position() {
        return scan;
    }

    /** Whether the current event lies whole in the array that was fed. */
    public boolean blockInRead() {
        return !blockIsHeld;
    }

    /** What is held back: an incomplete event. Valid up to {@link #heldLength()}. */
    public byte[] heldArray() {
        return hold;
    }

    /** How many bytes are held back. */
    public int heldLength() {
        return held;
    }

    /** Gives back all that is held. The reader is of no use afterwards. */
    public void close() {
        dropHeld();
        hold = NONE;
    }

    private void complete() {
        if (held == 0) {
            if (scan - start > maxEventBytes) {
                throw tooLarge();
            }
            block.set(in, start, scan, firstBlock);
            start = scan;
            endBlock();
        } else {
            hold();
            completeHeld();
        }
    }

    private void completeHeld() {
        block.set(hold, 0, held, firstBlock);
        blockIsHeld = true;
        endBlock();
    }

    private void endBlock() {
        lineHasBytes = false;
        blockHasLines = false;
        firstBlock = false;
    }

    private void hold() {
        int more = scan - start;
        if (more == 0) {
            return;
        }
        if (more > maxEventBytes - held) {
            throw tooLarge();
        }
        if (!budget.take(more)) {
            throw new EventTooLargeException("All streams together hold back more bytes than allowed");
        }
        if (hold.length < held + more) {
            hold = Arrays.copyOf(hold, Math.max(held + more, Math.min(maxEventBytes, Math.max(1024, hold.length * 2))));
        }
        System.arraycopy(in, start, hold, held, more);
        held += more;
        start = scan;
    }

    private void dropHeld() {
        budget.give(held);
        held = 0;
        blockIsHeld = false;
        if (hold.length > KEPT) {
            hold = NONE;
        }
    }

    private EventTooLargeException tooLarge() {
        return new EventTooLargeException("An event is larger than " + maxEventBytes + " bytes");
    }
}
