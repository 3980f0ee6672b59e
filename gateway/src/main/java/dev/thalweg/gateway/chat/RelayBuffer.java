package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.RelayOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a relay passes on from one read into one buffer: a slice of the buffer it came in where nothing was changed,
 * a new one otherwise.
 */
final class RelayBuffer implements RelayOutput {
    private static final int SPARE = 512;
    private static final byte[] NONE = {};

    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf read;
    private byte[] scratch = NONE;
    private int passOffset;
    private int passLength;
    private @Nullable ByteBuf changed;

    RelayBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Begins with this read, whose bytes also stand at the start of the scratch array. */
    void begin(@Nullable ByteBuf buffer, byte[] array) {
        read = buffer;
        scratch = array;
        passLength = 0;
        changed = null;
    }

    /** What was passed on, owned by whoever asks; empty where nothing was. */
    ByteBuf take() {
        ByteBuf result;
        if (changed != null) {
            result = changed;
        } else if (passLength > 0 && read != null) {
            result = read.retainedSlice(read.readerIndex() + passOffset, passLength);
        } else {
            result = Unpooled.EMPTY_BUFFER;
        }
        read = null;
        changed = null;
        return result;
    }

    @Override
    public void pass(int offset, int length) {
        if (changed == null && passLength == 0) {
            passOffset = offset;
            passLength = length;
        } else {
            target(length).writeBytes(scratch, offset, length);
        }
    }

    @Override
    public void put(byte[] array, int offset, int length) {
        target(length).writeBytes(array, offset, length);
    }

    private ByteBuf target(int length) {
        if (changed == null) {
            int whole = read == null ? 0 : read.readableBytes();
            changed = allocator.ioBuffer(Math.max(whole, length) + SPARE);
            changed.setIndex(Caller.ROOM, Caller.ROOM);
            changed.writeBytes(scratch, passOffset, passLength);
        }
        return changed;
    }
}
