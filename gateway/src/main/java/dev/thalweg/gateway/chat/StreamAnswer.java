package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.AnswerStream;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.TranslatedStream;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * A streamed answer on its way through. Until the head is committed its events wait behind the gate, so that an early
 * failure can still become a status or another attempt.
 */
final class StreamAnswer implements Answer {
    private static final int GATE_BYTES = 64 * 1024;
    private static final byte[] NONE = {};

    private final UpstreamCall call;
    private final StreamObserver observer;
    private final HttpHeaders headers;
    private final AnswerStream relay;
    private final RelayBuffer buffer;
    private final List<ByteBuf> gate = new ArrayList<>(2);
    private int gateBytes;
    private int blocksSeen;
    private boolean over;

    StreamAnswer(UpstreamCall call, StreamObserver observer, HttpHeaders headers, AnswerStream relay) {
        this.call = call;
        this.observer = observer;
        this.headers = headers;
        this.relay = relay;
        this.buffer = new RelayBuffer(call.caller().allocator());
    }

    @Override
    public void body(ByteBuf read) {
        if (over) {
            return;
        }
        byte[] scratch = call.loopState().copy(read);
        buffer.begin(read, scratch);
        AnswerStream.State state = relay.feed(scratch, 0, read.readableBytes(), buffer);
        ByteBuf passed = buffer.take();
        noteProgress();
        if (call.refusedByFilter()) {
            passed.release();
            over = true;
            call.fail(UpstreamCall.filterRefusal());
            return;
        }
        if (state == AnswerStream.State.DONE) {
            call.ends(passed);
        }
        emit(passed);
        if (state == AnswerStream.State.DONE) {
            finish();
        } else if (state != AnswerStream.State.OPEN) {
            fail(state);
        }
    }

    @Override
    public void end(boolean clean) {
        if (over) {
            return;
        }
        int frames = relay.frames();
        buffer.begin(null, NONE);
        AnswerStream.State state = relay.end(buffer);
        ByteBuf passed = buffer.take();
        // A last event that lacks its blank line is one; a torn comment is nothing.
        boolean last = relay.frames() > frames || state == AnswerStream.State.DONE;
        noteProgress();
        boolean done = state == AnswerStream.State.DONE;
        boolean mayEnd = done || relay.mayLackItsEnd();
        StreamEnd end = mayEnd ? observer.end(clean && !relay.torn(), done) : StreamEnd.CUT;
        if (state != AnswerStream.State.OPEN && state != AnswerStream.State.DONE) {
            passed.release();
            fail(state);
        } else if (end == StreamEnd.COMPLETE) {
            emit(last ? passed : dropped(passed));
            if (!done) {
                buffer.begin(null, NONE);
                relay.complete(buffer);
                ByteBuf rest = buffer.take();
                call.ends(rest);
                emit(rest);
            }
            finish();
        } else {
            emit(last && call.committed() ? passed : dropped(passed));
            over = true;
            call.fail(Failure.of(StreamEnd.CUT, cutMessage()));
        }
    }

    private static ByteBuf dropped(ByteBuf bytes) {
        bytes.release();
        return Unpooled.EMPTY_BUFFER;
    }

    private String cutMessage() {
        return relay.frames() == 0
                ? "The provider ended its stream before the first event."
                : "The provider's stream ended before its answer was complete.";
    }

    /** The head is out: what waited follows it. */
    void openGate() {
        gate.forEach(call.caller()::write);
        gate.clear();
        gateBytes = 0;
    }

    /** What is out. */
    SoFar soFar() {
        EventWriter writer = relay instanceof TranslatedStream translated ? translated.writer() : null;
        return new SoFar(writer, relay.passed(), relay.id());
    }

    /** Whether a part of an event is out whose rest is still to come: nothing may be put in between. */
    boolean insideEvent() {
        return relay.insideEvent();
    }

    @Override
    public void close() {
        over = true;
        relay.close();
        gate.forEach(ByteBuf::release);
        gate.clear();
    }

    private void noteProgress() {
        if (relay.blocks() > blocksSeen) {
            blocksSeen = relay.blocks();
            call.sawEvent(relay.frames() > 0, observer.hasContent());
        }
    }

    private void emit(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
        } else if (call.committed()) {
            call.write(bytes);
        } else {
            gate.add(bytes);
            gateBytes += bytes.readableBytes();
        }
        if (!call.committed() && mayCommit()) {
            call.commit();
        }
    }

    /** Any event will do when there is no other attempt; content when there is; and no more than so much waits. */
    private boolean mayCommit() {
        boolean failed = relay.state() != AnswerStream.State.OPEN && relay.state() != AnswerStream.State.DONE;
        if (observer.hasContent()) {
            return !failed || relay.frames() > 1;
        }
        boolean any = relay.frames() > 0 && !call.mayRetry();
        return !failed
                && (any || relay.state() == AnswerStream.State.DONE || relay.insideEvent() || gateBytes > GATE_BYTES);
    }

    private void finish() {
        over = true;
        if (!call.committed()) {
            call.commit();
        }
        call.complete();
    }

    private void fail(AnswerStream.State state) {
        over = true;
        call.fail(
                switch (state) {
                    case ERROR -> Failure.reported(relay.error(), headers);
                    case TOO_LARGE ->
                        Failure.of(StreamEnd.TOO_LARGE, "The provider sent an event larger than this gateway takes.");
                    case STOPPED ->
                        observer.loop()
                                .map(loop ->
                                        Failure.of(StreamEnd.LOOP, "The model " + loop + "; the stream was stopped."))
                                .orElseGet(() -> observer.tooManyChoices()
                                        ? Failure.of(StreamEnd.PROTOCOL_ERROR, "The provider sent too many choices.")
                                        : Failure.of(
                                                StreamEnd.TOO_LARGE,
                                                "The provider's answer is larger than this gateway can write anew."));
                    default ->
                        Failure.of(
                                StreamEnd.PROTOCOL_ERROR, "The provider sent something that is not of its protocol.");
                });
    }
}
