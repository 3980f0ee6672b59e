package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.SplicedEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * An answer that goes on from one that broke.
 *
 * @param spoken the text of the broken one
 * @param events makes the new events those of the broken answer
 */
record Continuation(String spoken, SplicedEvents events) {
    /** What becomes of these events, which it takes. */
    ByteBuf splice(ByteBuf bytes) {
        byte[] array = ByteBufUtil.getBytes(bytes);
        bytes.release();
        return Unpooled.wrappedBuffer(events.feed(array, 0, array.length));
    }
}
