package dev.thalweg.gateway.chat;

import dev.thalweg.core.stream.StreamEnd;
import io.netty.buffer.ByteBuf;

/** An answer that is compressed although it was asked for as it is: its bytes say nothing. */
final class EncodedAnswer implements Answer {
    private final UpstreamCall call;

    EncodedAnswer(UpstreamCall call) {
        this.call = call;
    }

    @Override
    public void body(ByteBuf read) {
        end(false);
    }

    @Override
    public void end(boolean clean) {
        call.fail(Failure.of(
                StreamEnd.PROTOCOL_ERROR, "The provider sent a compressed answer although it was asked for none."));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
