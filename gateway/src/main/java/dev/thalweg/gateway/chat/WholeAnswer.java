package dev.thalweg.gateway.chat;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.JsonSyntaxException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer in one piece: held until it is whole, so that whatever is wrong with it can still become a status. What takes long
 * with a large one is done by a virtual thread, and the event loop serves others meanwhile.
 */
final class WholeAnswer implements Answer {
    /** From this size on work is worth a thread: below it takes about a millisecond, see docs/performance.md. */
    static final int LARGE = 128 * 1024;

    /** How a whole answer is read, and what is done with it. */
    interface Reading {
        /**
         * What takes long with a large answer in these bytes, to be done by another thread before it is read: it may touch
         * nothing that lives on the event loop. {@link #read} and {@link #deliver} find it done.
         *
         * @return null: nothing does
         */
        default @Nullable Runnable ahead(byte[] array, int offset, int length) {
            return null;
        }

        /**
         * Reads the answer in these bytes.
         *
         * @return what the provider reports instead of one; null for an answer
         * @throws JsonSyntaxException when it is not JSON
         */
        @Nullable
        ErrorBody read(byte[] array, int offset, int length);

        /** Whether what was read is an answer of the protocol at all. */
        boolean isAnswer();

        /** Delivers what was read, in the same bytes. */
        void deliver(byte[] array, int offset, int length);
    }

    private final UpstreamCall call;
    private final StreamObserver observer;
    private final HttpHeaders headers;
    private final Reading reading;
    private final BodyCollector body;
    private boolean tooLarge;
    private boolean working;
    private boolean closed;

    WholeAnswer(UpstreamCall call, StreamObserver observer, HttpHeaders headers, int limit, Reading reading) {
        this.call = call;
        this.observer = observer;
        this.headers = headers;
        this.reading = reading;
        this.body = new BodyCollector(call.caller().allocator(), limit);
    }

    @Override
    public void body(ByteBuf read) {
        if (!tooLarge && !body.add(read)) {
            tooLarge = true;
            call.fail(Failure.of(StreamEnd.TOO_LARGE, "The provider's answer is larger than this gateway takes."));
        }
    }

    @Override
    public void end(boolean clean) {
        if (!clean) {
            call.fail(Failure.of(StreamEnd.CUT, "The provider's connection broke before its answer was complete."));
            return;
        }
        Runnable work = body.length() < LARGE ? null : reading.ahead(body.array(), body.offset(), body.length());
        if (work == null) {
            read();
        } else {
            working = true;
            Thread.startVirtualThread(() -> work(work));
        }
    }

    /** On a thread of its own. */
    private void work(Runnable work) {
        @Nullable Throwable broken = null;
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            broken = e;
        }
        Throwable problem = broken;
        try {
            call.loop().execute(() -> worked(problem));
        } catch (RejectedExecutionException stopped) {
            return; // The process ends, and nobody waits for the answer.
        }
    }

    private void worked(@Nullable Throwable problem) {
        working = false;
        if (closed) {
            body.release();
        } else if (problem == null) {
            call.guarded(this::read);
        } else if (problem instanceof JsonSyntaxException) {
            call.fail(notJson());
        } else {
            call.unreadable(problem);
        }
    }

    private void read() {
        @Nullable ErrorBody error;
        try {
            error = reading.read(body.array(), body.offset(), body.length());
        } catch (JsonSyntaxException e) {
            call.fail(notJson());
            return;
        }
        if (error != null) {
            call.fail(Failure.reported(error, headers));
        } else if (!reading.isAnswer() || observer.tooManyChoices()) {
            call.fail(Failure.of(
                    StreamEnd.PROTOCOL_ERROR, "The provider answered with JSON that is no answer of its protocol."));
        } else if (call.refusedByFilter()) {
            call.fail(UpstreamCall.filterRefusal());
        } else {
            reading.deliver(body.array(), body.offset(), body.length());
        }
    }

    private static Failure notJson() {
        return Failure.of(
                StreamEnd.PROTOCOL_ERROR, "The provider answered with status 200 and something that is not JSON.");
    }

    @Override
    public void close() {
        closed = true;
        if (!working) {
            body.release();
        }
    }
}
