package dev.thalweg.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A request's body while it comes in: gathered up to its cap, or only counted where nobody reads it. */
final class IncomingBody {
    /** What is set aside before the bytes are there: a length that was only announced must not cost memory. */
    private static final int FIRST_BYTES = 256 * 1024;

    private final int cap;
    private final boolean announcedTooLarge;
    private @Nullable ByteBuf gathered;
    private long received;
    private long mark;

    /**
     * A body of the announced length, -1 where none is announced.
     *
     * @param wanted whether the bytes are of any use
     */
    IncomingBody(ByteBufAllocator allocator, long length, int cap, boolean wanted) {
        this.cap = cap;
        this.announcedTooLarge = length > cap;
        if (wanted && length != 0 && !announcedTooLarge) {
            int first = (int) Math.min(Math.min(length > 0 ? length : 4096, FIRST_BYTES), cap);
            gathered = allocator.heapBuffer(first, cap);
        }
    }

    /** The most bytes it may have. */
    int cap() {
        return cap;
    }

    /** Whether its announced length is beyond the cap. */
    boolean tooLarge() {
        return announcedTooLarge;
    }

    /** Adds bytes, which stay the caller's; false when the cap is passed. */
    boolean add(ByteBuf bytes) {
        received += bytes.readableBytes();
        if (received > cap) {
            return false;
        }
        if (gathered != null) {
            gathered.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        return true;
    }

    /** Whether too little has come since it was last asked. */
    boolean tooSlow() {
        long since = received - mark;
        mark = received;
        return since < ServerContext.MIN_BODY_PROGRESS;
    }

    /** The whole body, which the taker owns: backed by an array, empty where the bytes were only counted. */
    ByteBuf take() {
        ByteBuf whole = gathered == null ? Unpooled.buffer(0, 0) : gathered;
        gathered = null;
        return whole;
    }

    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
