package dev.thalweg.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Frames a small piece of a chunked body in one buffer: its length, its bytes, its line end. The codec would write three
 * buffers with a promise each, which costs more than the copy of a few hundred bytes.
 */
final class ChunkFraming {
    /** Above this the copy costs more than it saves. */
    private static final int MOST_COPIED = 4 * 1024;

    private static final int LINE_END = '\r' << 8 | '\n';
    private static final int OVERHEAD = 8;

    private ChunkFraming() {}

    /** Whether a piece of this length is framed here: not a large one, and not nothing, which would end the body. */
    static boolean fits(ByteBuf piece) {
        return piece.isReadable() && piece.readableBytes() <= MOST_COPIED;
    }

    /** The piece with its frame; the piece is released. */
    static ByteBuf frame(ByteBuf piece, ByteBufAllocator allocator) {
        int length = piece.readableBytes();
        ByteBuf framed = allocator.ioBuffer(length + OVERHEAD);
        framed.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
        framed.writeShort(LINE_END);
        framed.writeBytes(piece);
        framed.writeShort(LINE_END);
        piece.release();
        return framed;
    }
}
