package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.BlockReader;
import dev.thalweg.core.wire.BrokenFrameException;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.JsonSyntaxException;

/** Writes an upstream's answer anew in the caller's protocol, while an observer reads along. */
public final class TranslatedStream implements AnswerStream {
    private final BlockReader events;
    private final EventReader reader;
    private final EventWriter writer;
    private final BothSinks sinks;
    private State state = State.OPEN;
    private ErrorBody error = ErrorBody.ofText("");
    private int frames;
    private int blocks;
    private boolean torn;

    /**
     * A translation of one stream.
     *
     * @param reader reads the upstream's protocol
     * @param writer writes the caller's
     * @param observer reads along
     * @param events cuts the upstream's bytes into events
     */
    public TranslatedStream(EventReader reader, EventWriter writer, FrameSink observer, BlockReader events) {
        this.reader = reader;
        this.writer = writer;
        this.sinks = new BothSinks(writer, observer);
        this.events = events;
    }

    /** What writes it: an error in the middle of it has to come from there. */
    public EventWriter writer() {
        return writer;
    }

    @Override
    public State feed(byte[] array, int offset, int length, RelayOutput output) {
        if (state != State.OPEN) {
            return state;
        }
        events.feed(array, offset, length);
        try {
            while (state == State.OPEN && events.next()) {
                block(events.block());
                put(output);
            }
        } catch (JsonSyntaxException | BrokenFrameException e) {
            state = State.BROKEN;
        } catch (EventTooLargeException e) {
            state = State.TOO_LARGE;
        }
        put(output);
        return state;
    }

    @Override
    public State end(RelayOutput output) {
        if (state == State.OPEN) {
            try {
                if (events.finish()) {
                    block(events.block());
                    put(output);
                }
            } catch (JsonSyntaxException e) {
                torn = true;
                put(output);
            }
        }
        close();
        return state;
    }

    private void block(EventBlock block) {
        blocks++;
        if (block.bare()) {
            fail(ErrorReader.read(block.dataArray(), block.dataStart(), block.dataLength()));
            return;
        }
        if (!block.hasData() || block.isBlank() || (block.isDone() && !reader.mayLackItsEnd())) {
            return; // Some servers add OpenAI's marker to every protocol.
        }
        frames++;
        EventReader.Kind kind = reader.read(block, sinks);
        if (kind == EventReader.Kind.ERROR) {
            fail(reader.error());
        } else if (sinks.stopped()) {
            state = State.STOPPED;
        } else if (kind == EventReader.Kind.END) {
            writer.complete();
            state = State.DONE;
        }
    }

    private void fail(ErrorBody reported) {
        error = reported;
        state = State.ERROR;
    }

    /** Also what was read of an event that ended the stream: its writer counts what it has written. */
    private void put(RelayOutput output) {
        ByteBuilder written = writer.written();
        if (written.length() > 0) {
            output.put(written.array(), 0, written.length());
        }
        written.clear();
    }

    @Override
    public boolean mayLackItsEnd() {
        return reader.mayLackItsEnd();
    }

    @Override
    public void complete(RelayOutput output) {
        writer.complete();
        state = State.DONE;
        put(output);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public int blocks() {
        return blocks;
    }

    @Override
    public boolean insideEvent() {
        return false;
    }

    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() {
        events.close();
    }
}
