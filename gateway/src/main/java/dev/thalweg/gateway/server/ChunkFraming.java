package dev.thalweg.gateway.server;

import dev.thalweg.gateway.chat.Caller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Frames a small piece of a chunked body in one buffer: its length, its bytes, its line end. The codec would write three
 * buffers with a promise each, which costs more than the copy of a few hundred bytes; and a piece with {@link #ROOM} before
 * and after its bytes is not even copied.
 */
final class ChunkFraming {
    /** Above this the copy costs more than it saves. */
    private static final int MOST_COPIED = 4 * 1024;

    private static final int LINE_END = '\r' << 8 | '\n';
    private static final int ROOM = Caller.ROOM;

    private ChunkFraming() {}

    /** Whether a piece of this length is framed here: not a large one, and not nothing, which would end the body. */
    static boolean fits(ByteBuf piece) {
        return piece.isReadable() && piece.readableBytes() <= MOST_COPIED;
    }

    /** The piece with its frame; the piece is gone. */
    static ByteBuf frame(ByteBuf piece, ByteBufAllocator allocator) {
        if (piece.readerIndex() >= ROOM && piece.writableBytes() >= ROOM) {
            return frameInPlace(piece);
        }
        ByteBuf framed = allocator.ioBuffer(piece.readableBytes() + 2 * ROOM);
        framed.setIndex(ROOM, ROOM).writeBytes(piece);
        piece.release();
        return frameInPlace(framed);
    }

    private static ByteBuf frameInPlace(ByteBuf piece) {
        int length = piece.readableBytes();
        int start = piece.readerIndex() - 2;
        piece.setShort(start, LINE_END);
        for (int left = length; left > 0; left >>>= 4) {
            piece.setByte(--start, Character.forDigit(left & 0xF, 16));
        }
        piece.writeShort(LINE_END);
        return piece.readerIndex(start);
    }
}
