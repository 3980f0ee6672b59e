package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.gateway.config.Deployment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;

/** The caller's body with the few changes an upstream needs: slices of what came, with new pieces between; no copy. */
final class UpstreamBody {
    private static final int MOST_PIECES = 64;

    private UpstreamBody() {}

    static ByteBuf of(RequestHead request, ByteBuf body, Deployment deployment, String model) {
        Splices changes = RequestWriter.rewrite(request, deployment.provider(), model, deployment.requestDefaults());
        if (changes.isEmpty()) {
            return body.retainedDuplicate();
        }
        CompositeByteBuf changed = body.alloc().compositeBuffer(MOST_PIECES);
        byte[] array = body.array();
        int start = body.arrayOffset() + body.readerIndex();
        changes.write(array, start, start + body.readableBytes(), (piece, offset, length) -> {
            ByteBuf component = piece == array
                    ? body.retainedSlice(offset - body.arrayOffset(), length)
                    : Unpooled.wrappedBuffer(piece, offset, length);
            changed.addComponent(true, component);
        });
        return changed;
    }
}
