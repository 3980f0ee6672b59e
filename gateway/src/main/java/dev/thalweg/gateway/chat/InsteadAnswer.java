package dev.thalweg.gateway.chat;

import io.netty.buffer.ByteBuf;

/** An answer whose bytes are of no use, because this gateway knows another one. */
final class InsteadAnswer implements Answer {
    private final Runnable delivery;

    InsteadAnswer(Runnable delivery) {
        this.delivery = delivery;
    }

    @Override
    public void body(ByteBuf read) {
        // It says only that there is none.
    }

    @Override
    public void end(boolean clean) {
        delivery.run();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
