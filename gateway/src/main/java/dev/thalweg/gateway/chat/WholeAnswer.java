package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.CompletionRelay;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.Splices;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** An answer in one piece: held until it is whole, so that whatever is wrong with it can still become a status. */
final class WholeAnswer implements Answer {
    /** What is done with a whole, sound answer. */
    interface Delivery {
        /** Takes the answer in these bytes, with these changes to make. */
        void deliver(byte[] array, int offset, int length, Splices changes);
    }

    private final UpstreamCall call;
    private final StreamObserver observer;
    private final HttpHeaders headers;
    private final Delivery delivery;
    private final BodyCollector body;
    private boolean tooLarge;

    WholeAnswer(UpstreamCall call, StreamObserver observer, HttpHeaders headers, int limit, Delivery delivery) {
        this.call = call;
        this.observer = observer;
        this.headers = headers;
        this.delivery = delivery;
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
        CompletionRelay completion = call.loopState().completions();
        try {
            completion.read(body.array(), body.offset(), body.length(), observer);
        } catch (JsonSyntaxException e) {
            call.fail(Failure.of(
                    StreamEnd.PROTOCOL_ERROR, "The provider answered with status 200 and something that is not JSON."));
            return;
        }
        ErrorBody error = completion.error();
        if (error != null) {
            call.fail(Failure.reported(error, headers));
        } else if (!completion.isAnswer() || observer.tooManyChoices()) {
            call.fail(Failure.of(
                    StreamEnd.PROTOCOL_ERROR, "The provider answered with JSON that is not a chat completion."));
        } else if (call.refusedByFilter()) {
            call.fail(UpstreamCall.filterRefusal());
        } else {
            delivery.deliver(body.array(), body.offset(), body.length(), completion.rename(call.alias()));
        }
    }

    @Override
    public void close() {
        body.release();
    }
}
