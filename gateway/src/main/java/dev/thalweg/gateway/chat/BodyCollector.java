package dev.thalweg.gateway.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Gathers a body in one heap buffer, up to a limit. */
final class BodyCollector {
    private final ByteBufAllocator allocator;
    private final int limit;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    BodyCollector(ByteBufAllocator allocator, int limit) {
        this.allocator = allocator;
        this.limit = limit;
    }

    /** Adds bytes; false when they are too many. */
    boolean add(ByteBuf read) {
        if (bytes.readableBytes() + read.readableBytes() > limit) {
            return false;
        }
        if (bytes == Unpooled.EMPTY_BUFFER) {
            bytes = allocator.heapBuffer(Math.min(limit, Math.max(1024, read.readableBytes())), limit);
        }
        bytes.writeBytes(read, read.readerIndex(), read.readableBytes());
        return true;
    }

    byte[] array() {
        return bytes.array();
    }

    int offset() {
        return bytes.arrayOffset() + bytes.readerIndex();
    }

    int length() {
        return bytes.readableBytes();
    }

    void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
