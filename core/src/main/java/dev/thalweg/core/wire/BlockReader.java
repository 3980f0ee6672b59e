package dev.thalweg.core.wire;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into events and says where each one's data is. It is fed one network read after the other, in
 * whatever pieces they come, and holds back an incomplete event:
 *
 * <pre>{@code
 * reader.feed(read, 0, length);
 * while (reader.next()) { use(reader.block()...); }
 * }</pre>
 *
 * An event that lies whole in one read is not copied. Not thread-safe.
 */
public abstract class BlockReader {
    private static final byte[] NONE = {};
    private static final int KEPT = 64 * 1024;

    private final int maxEventBytes;
    private final HeldBytes budget;
    private final EventBlock block = new EventBlock();

    private byte[] in = NONE;
    private int start;
    private int scan;
    private int end;

    private byte[] hold = NONE;
    private int held;
    private boolean blockIsHeld;

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one event may be, in bytes
     * @param budget what all streams together may hold back
     */
    protected BlockReader(int maxEventBytes, HeldBytes budget) {
        this.maxEventBytes = maxEventBytes;
        this.budget = budget;
    }

    /**
     * Looks for the end of the event under way, from {@code from} on; remembers what it has seen of it.
     *
     * @return where the event ends; -1 when it goes on after {@code to}
     * @throws BrokenFrameException when the bytes are not of this framing
     */
    abstract int endOfEvent(byte[] array, int from, int to);

    /** Says of a whole event where its parts are. */
    abstract void parse(EventBlock block, byte[] array, int from, int to);

    /** At the end of the body: whether what is held back is an event that lacks nothing but its end. */
    abstract boolean mayEndHere();

    /** What ends an event: a last one that lacks it gets it from whoever passes it on. */
    public abstract String end();

    /** Gives it the next read. The array is used until the last call of {@link #next()} for it. */
    public final void feed(byte[] array, int offset, int length) {
        in = array;
        start = offset;
        scan = offset;
        end = offset + length;
    }

    /**
     * Steps to the next whole event; false when the rest of the read is held back (or nothing is left).
     *
     * @throws EventTooLargeException when the event is larger than allowed
     * @throws BrokenFrameException when the bytes are not of this framing
     */
    public final boolean next() {
        if (blockIsHeld) {
            dropHeld();
        }
        int to = endOfEvent(in, scan, end);
        if (to < 0) {
            scan = end;
            hold();
            return false;
        }
        scan = to;
        complete();
        return true;
    }

    /** At the end of the body: whether there is a last event that lacks its end. It is then {@link #block()}. */
    public final boolean finish() {
        if (held == 0 || blockIsHeld || !mayEndHere()) {
            return false;
        }
        completeHeld();
        return true;
    }

    /** The event {@link #next()} stepped to. Valid until the next step. */
    public final EventBlock block() {
        return block;
    }

    /** Where the current event ends in the array that was fed. */
    public final int position() {
        return scan;
    }

    /** Whether the current event lies whole in the array that was fed. */
    public final boolean blockInRead() {
        return !blockIsHeld;
    }

    /** Whether a part of an event is held back whose rest has not come. */
    public final boolean insideEvent() {
        return held > 0 && !blockIsHeld;
    }

    /** What is held back: an incomplete event. Valid up to {@link #heldLength()}. */
    public final byte[] heldArray() {
        return hold;
    }

    /** How many bytes are held back. */
    public final int heldLength() {
        return held;
    }

    /** Gives back all that is held. The reader is of no use afterwards. */
    public final void close() {
        dropHeld();
        hold = NONE;
    }

    private void complete() {
        if (held == 0) {
            if (scan - start > maxEventBytes) {
                throw tooLarge();
            }
            parse(block, in, start, scan);
            start = scan;
        } else {
            hold();
            completeHeld();
        }
    }

    private void completeHeld() {
        parse(block, hold, 0, held);
        blockIsHeld = true;
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
