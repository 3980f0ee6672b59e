package dev.thalweg.gateway.chat;

import dev.thalweg.core.wire.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** The one who asked, as an exchange sees him. Lives on the exchange's event loop. */
public interface Caller {
    /** How many bytes before and after those of a piece save a copy when it is {@linkplain #write written}. */
    int ROOM = 8;

    /** The id both sides know this request by. */
    String requestId();

    /** Where buffers for him come from. */
    ByteBufAllocator allocator();

    /** Answers with a whole body and is done. Headers and body are his from here on. */
    void answer(int status, HttpHeaders headers, ByteBuf body);

    /** Begins a stream of events in this framing, with status 200 and these headers, which are his from here on. */
    void beginStream(Framing framing, HttpHeaders headers);

    /**
     * Writes a piece of the stream, whose ownership goes with it. It leaves with the next flush. What stands before its
     * bytes may be written over.
     */
    void write(ByteBuf piece);

    /** Sends what was written. */
    void flush();

    /** Ends the stream's body as its framing says, and is done. */
    void endStream();

    /** Whether he takes more now. */
    boolean writable();

    /** Closes the connection, because he takes nothing any more. */
    void close();
}
