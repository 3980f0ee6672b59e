package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.SplicedEvents;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.stream.SpokenText;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.Usage;
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
    /** One at this deployment, from this text of an answer that used so much. */
    static Continuation of(SpokenText spoken, Usage before, Member<Target> at, int maxEventBytes, HeldBytes held) {
        String mark =
                "thalweg continued deployment=" + HeaderText.of(at.candidate().id());
        SplicedEvents events = new SplicedEvents(mark, spoken.id(), before, maxEventBytes, held);
        return new Continuation(spoken.text().orElseThrow(), events);
    }

    /** What becomes of these events, which it takes. */
    ByteBuf splice(ByteBuf bytes) {
        byte[] array = ByteBufUtil.getBytes(bytes);
        bytes.release();
        return Unpooled.wrappedBuffer(events.feed(array, 0, array.length));
    }
}
