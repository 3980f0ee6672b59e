package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request's body while it comes in: gathered up to its cap, or only counted where nobody reads it. It lies where the
 * socket of an upstream takes it from without another copy. What comes in large reads stays in their buffers, which are 64
 * KB at most; what comes in small ones is copied, so that nobody makes a byte cost a buffer.
 */
final class IncomingBody {
    /** The largest piece that is set aside before its bytes are there, and the smallest that is kept as it was read. */
    private static final int PIECE = 32 * 1024;

    /** What is set aside for a body whose length is not announced. */
    private static final int UNANNOUNCED = 4 * 1024;

    private final ByteBufAllocator allocator;
    private final long length;
    private final int cap;
    private final boolean wanted;
    private final HeldBytes room;
    private @Nullable CompositeByteBuf pieces;
    private @Nullable ByteBuf unfinished;
    private long received;
    private long mark;
    private int held;

    /**
     * A body of the announced length, -1 where none is announced.
     *
     * @param wanted whether the bytes are of any use
     * @param room what the bodies of all requests share
     */
    IncomingBody(ByteBufAllocator allocator, long length, int cap, boolean wanted, HeldBytes room) {
        this.allocator = allocator;
        this.length = length;
        this.cap = cap;
        this.wanted = wanted;
        this.room = room;
    }

    /** The most bytes it may have. */
    int cap() {
        return cap;
    }

    /** Whether its announced length is beyond the cap. */
    boolean tooLarge() {
        return length > cap;
    }

    /** What became of added bytes. */
    enum Added {
        /** They are part of the body. */
        TAKEN,
        /** The cap is passed. */
        TOO_LARGE,
        /** The bodies of other requests take all the room there is. */
        NO_ROOM
    }

    /** Adds bytes, which stay the caller's. */
    Added add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        received += count;
        if (received > cap) {
            return Added.TOO_LARGE;
        }
        if (wanted) {
            if (!room.take(count)) {
                return Added.NO_ROOM;
            }
            held += count;
            gather(bytes.slice());
        }
        return Added.TAKEN;
    }

    private void gather(ByteBuf bytes) {
        while (bytes.isReadable()) {
            ByteBuf piece = unfinished;
            if (piece == null && bytes.readableBytes() >= PIECE) {
                pieces().addComponent(true, bytes.retainedSlice());
                return;
            }
            if (piece == null) {
                piece = newPiece(bytes.readableBytes());
                unfinished = piece;
            }
            piece.writeBytes(bytes, Math.min(bytes.readableBytes(), piece.writableBytes()));
            if (!piece.isWritable()) {
                pieces().addComponent(true, piece);
                unfinished = null;
            }
        }
    }

    private ByteBuf newPiece(int inHand) {
        long announced = length > 0 ? length - received + inHand : 0;
        long expected = announced > 0 ? announced : pieces == null ? UNANNOUNCED : PIECE;
        int size = (int) Math.min(Math.max(expected, inHand), PIECE);
        return allocator.directBuffer(size, size);
    }

    private CompositeByteBuf pieces() {
        if (pieces == null) {
            pieces = allocator.compositeBuffer(Integer.MAX_VALUE);
        }
        return pieces;
    }

    /** Whether too little has come since it was last asked. */
    boolean tooSlow() {
        long since = received - mark;
        mark = received;
        return since < ServerContext.MIN_BODY_PROGRESS;
    }

    /** The whole body, which the taker owns: outside the heap, empty where the bytes were only counted. */
    ByteBuf take() {
        ByteBuf whole = unfinished;
        if (pieces != null) {
            whole = pieces.addComponent(true, whole == null ? Unpooled.EMPTY_BUFFER : whole);
        }
        pieces = null;
        unfinished = null;
        return whole == null ? Unpooled.EMPTY_BUFFER : whole;
    }

    void release() {
        take().release();
        giveRoom();
    }

    /** The taker has let the body go: others may have its room. */
    void giveRoom() {
        room.give(held);
        held = 0;
    }
}
