package dev.thalweg.gateway.chat;

import dev.thalweg.config.Settings;
import dev.thalweg.core.dialect.BothSinks;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;

/** A stream from an upstream that was asked for a whole answer: it is put together and delivered as one. */
final class AssembledAnswer implements Answer {
    private static final RawJson NOTHING = new RawJson("{}");

    private final UpstreamCall call;
    private final StreamObserver observer;
    private final HttpHeaders headers;
    private final SseReader events;
    private final EventReader reader;
    private final Consumer<ChatResponse> delivery;
    private final EventCollector collector = new EventCollector();
    private final BothSinks sinks;
    private final Assembler assembler = new Assembler();
    private final int limit;
    private long bytes;
    private boolean over;

    AssembledAnswer(
            UpstreamCall call,
            StreamObserver observer,
            HttpHeaders headers,
            EventReader reader,
            Settings settings,
            HeldBytes held,
            Consumer<ChatResponse> delivery) {
        this.call = call;
        this.reader = reader;
        this.delivery = delivery;
        this.observer = observer;
        this.headers = headers;
        this.events = new SseReader(settings.maxEventBytes(), held);
        this.sinks = new BothSinks(collector, observer);
        this.limit = settings.maxResponseBytes();
    }

    @Override
    public void body(ByteBuf read) {
        bytes += read.readableBytes();
        if (bytes > limit) {
            fail(Failure.of(StreamEnd.TOO_LARGE, "The provider's answer is larger than this gateway takes."));
            return;
        }
        events.feed(call.loopState().copy(read), 0, read.readableBytes());
        try {
            while (!over && events.next()) {
                block(events.block());
            }
        } catch (JsonSyntaxException e) {
            fail(Failure.of(StreamEnd.PROTOCOL_ERROR, "The provider sent something that is not of its protocol."));
        } catch (EventTooLargeException e) {
            fail(Failure.of(StreamEnd.TOO_LARGE, "The provider sent an event larger than this gateway takes."));
        }
    }

    @Override
    public void end(boolean clean) {
        if (over) {
            return;
        }
        try {
            if (events.finish()) {
                block(events.block());
            }
        } catch (JsonSyntaxException | EventTooLargeException e) {
            ended(StreamEnd.CUT); // Half an event: nobody knows what it would have said.
        }
        if (!over) {
            ended(reader.mayLackItsEnd() ? observer.end(clean, false) : StreamEnd.CUT);
        }
    }

    private void block(EventBlock block) {
        boolean marker = block.isDone() && !reader.mayLackItsEnd();
        if (!block.hasData() || block.isBlank() || marker) {
            return;
        }
        if (block.bare()) {
            reported(ErrorReader.read(block.dataArray(), block.dataStart(), block.dataLength()));
            return;
        }
        EventReader.Kind kind = reader.read(block, sinks);
        if (kind == EventReader.Kind.ERROR) {
            reported(reader.error());
        } else if (observer.stopped()) {
            ended(observer.end(false, false));
        } else {
            assembler.add(collector.takeChunk(NOTHING));
            if (kind == EventReader.Kind.END) {
                ended(observer.end(true, true));
            }
        }
    }

    private void reported(ErrorBody error) {
        fail(Failure.reported(error, headers));
    }

    private void ended(StreamEnd end) {
        switch (end) {
            case COMPLETE -> {
                over = true;
                delivery.accept(assembler.complete());
            }
            case LOOP ->
                fail(Failure.of(
                        StreamEnd.LOOP,
                        "The model " + observer.loop().orElse("repeated itself") + "; it was stopped."));
            case CUT -> fail(Failure.of(StreamEnd.CUT, "The provider's stream ended before its answer was complete."));
            default ->
                fail(Failure.of(StreamEnd.PROTOCOL_ERROR, "The provider sent something that is not of its protocol."));
        }
    }

    private void fail(Failure failure) {
        over = true;
        call.fail(failure);
    }

    @Override
    public void close() {
        over = true;
        events.close();
    }
}
