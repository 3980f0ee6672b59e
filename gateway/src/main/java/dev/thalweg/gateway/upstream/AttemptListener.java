package dev.thalweg.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** Hears what happens in an attempt, on its event loop. After an end or a failure nothing more comes. */
public interface AttemptListener {
    /** No connection is free and no more are allowed: it waits. */
    void onWaitingForConnection();

    /** A new connection is being made. */
    void onConnecting();

    /** The request has been handed to a connection. */
    void onSent();

    /** The answer's head. */
    void onHead(int status, HttpHeaders headers);

    /** The next bytes of the body. The listener must not keep the buffer without retaining it. */
    void onBody(ByteBuf read);

    /** All that was there to read has been read. */
    void onReadComplete();

    /**
     * The body has ended.
     *
     * @param clean whether it ended as its framing says it should
     */
    void onEnd(boolean clean);

    /** There will be no answer. */
    void onFailure(AttemptFailure failure);
}
