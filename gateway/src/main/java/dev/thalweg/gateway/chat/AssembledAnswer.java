package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.BothSinks;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.SseBlock;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.gateway.config.Settings;
import dev.thalweg.model.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** A stream from an upstream that was asked for a whole answer: it is put together and delivered as one. */
final class AssembledAnswer implements Answer {
    private static final byte[] NONE = {};

    private final UpstreamCall call;
    private final StreamObserver observer;
    private final HttpHeaders headers;
    private final SseReader events;
    private final ResponseReader reader = new ResponseReader();
    private final EventCollector collector = new EventCollector();
    private final BothSinks sinks;
    private final Assembler assembler = new Assembler();
    private final int limit;
    private long bytes;
    private boolean over;

    AssembledAnswer(
            UpstreamCall call, StreamObserver observer, HttpHeaders headers, Settings settings, HeldBytes held) {
        this.call = call;
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
            fail(Failure.of(StreamEnd.PROTOCOL_ERROR, "The provider sent something that is not a chat chunk."));
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
            ended(observer.end(clean, false));
        }
    }

    private void block(SseBlock block) {
        if (block.isDone()) {
            ended(observer.end(true, true));
            return;
        }
        byte[] data = block.hasData() ? block.dataArray() : NONE;
        int end = block.dataStart() + block.dataLength();
        if (block.hasData() && Bytes.skipBlank(data, block.dataStart(), end) < end) {
            frame(
                    data,
                    block.dataStart(),
                    block.dataLength(),
                    block.nameIs("error") || (block.bare() && data[block.dataStart()] == '['));
        }
    }

    private void frame(byte[] array, int start, int length, boolean calledError) {
        if (!calledError) {
            reader.read(array, start, length, sinks);
        }
        if (calledError || reader.isError()) {
            fail(Failure.reported(ErrorReader.read(array, start, length), headers));
        } else if (observer.stopped()) {
            ended(observer.end(false, false));
        } else {
            assembler.add(collector.takeChunk(new RawJson("{}")));
        }
    }

    private void ended(StreamEnd end) {
        switch (end) {
            case COMPLETE -> {
                over = true;
                call.deliver(CompletionWriter.completion(assembler.complete(), call.alias()));
            }
            case LOOP ->
                fail(Failure.of(
                        StreamEnd.LOOP,
                        "The model " + observer.loop().orElse("repeated itself") + "; it was stopped."));
            case CUT -> fail(Failure.of(StreamEnd.CUT, "The provider's stream ended before its answer was complete."));
            default ->
                fail(Failure.of(StreamEnd.PROTOCOL_ERROR, "The provider sent something that is not a chat chunk."));
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
