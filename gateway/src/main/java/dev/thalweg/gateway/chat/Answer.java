package dev.thalweg.gateway.chat;

import io.netty.buffer.ByteBuf;

/** What an attempt's body is turned into, by what its head and the request say. */
interface Answer {
    /** The next bytes. */
    void body(ByteBuf read);

    /** The body ended. */
    void end(boolean clean);

    /** Nobody needs it any more: gives back what it holds. */
    void close();
}
