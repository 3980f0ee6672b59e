package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.BlockReader;
import dev.thalweg.core.wire.BrokenFrameException;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a protocol on as they came, whole event by whole event, while an observer reads along. It changes
 * only the model's name, to the caller's alias, and the framing where the caller wants another.
 */
public final class EventRelay implements AnswerStream {
    private static final ErrorBody NO_ERROR = ErrorBody.ofText("");

    private final BlockReader events;
    private final @Nullable Reframing reframing;
    private final EventReader reader;
    private final BothSinks sinks;
    private final FrameSink observer;
    private final ModelPlace model = new ModelPlace();
    private final byte @Nullable [] alias;
    private State state = State.OPEN;
    private ErrorBody error = NO_ERROR;
    private int frames;
    private int blocks;
    private int passed;
    private boolean torn;
    private int from;
    private int to;

    /**
     * A relay for one stream.
     *
     * @param reader reads the protocol's events
     * @param observer reads along
     * @param alias what the model is called towards the caller; null leaves the upstream's name
     * @param events cuts the upstream's bytes into events
     * @param reframing how their data goes on where the caller wants it framed otherwise; null: as it came
     */
    public EventRelay(
            EventReader reader,
            FrameSink observer,
            @Nullable String alias,
            BlockReader events,
            @Nullable Reframing reframing) {
        this.events = events;
        this.reframing = reframing;
        this.reader = reader;
        this.observer = observer;
        this.sinks = new BothSinks(model, observer);
        this.alias = alias == null
                ? null
                : new ByteBuilder(alias.length() + 2).string(alias).toBytes();
    }

    @Override
    public State feed(byte[] array, int offset, int length, RelayOutput output) {
        if (state != State.OPEN) {
            return state;
        }
        events.feed(array, offset, length);
        from = offset;
        to = offset;
        try {
            while (state == State.OPEN && events.next()) {
                block(events.block(), output);
            }
        } catch (JsonSyntaxException | BrokenFrameException e) {
            state = State.BROKEN;
        } catch (EventTooLargeException e) {
            state = State.TOO_LARGE;
        }
        flush(output);
        return state;
    }

    @Override
    public State end(RelayOutput output) {
        if (state == State.OPEN) {
            from = 0;
            to = 0;
            try {
                if (events.finish()) {
                    block(events.block(), output);
                    if (state == State.DONE && reframing == null) {
                        byte[] end = Bytes.utf8(events.end());
                        output.put(end, 0, end.length);
                    }
                }
            } catch (JsonSyntaxException e) {
                torn = true;
            }
        }
        close();
        return state;
    }

    private void block(EventBlock block, RelayOutput output) {
        blocks++;
        if (block.bare()) {
            error = ErrorReader.read(block.dataArray(), block.dataStart(), block.dataLength());
            state = State.ERROR;
            return;
        }
        if (!block.hasData() || block.isBlank()) {
            pass(block, output);
            return;
        }
        if (block.isDone() && !reader.mayLackItsEnd()) {
            return; // Some servers add OpenAI's marker to every protocol. It is not this one's end.
        }
        frames++;
        model.said = false;
        EventReader.Kind kind = reader.read(block, sinks);
        if (kind == EventReader.Kind.ERROR) {
            error = reader.error();
            state = State.ERROR;
        } else if (observer.stopped()) {
            state = State.STOPPED;
        } else {
            if (!block.isDone() || reader.hasMarker()) {
                show(block, output);
            }
            if (kind == EventReader.Kind.END) {
                complete(output);
            }
        }
    }

    private void show(EventBlock block, RelayOutput output) {
        if (alias != null && model.said && model.find(block)) {
            rename(block, alias, output);
        } else {
            pass(block, output);
        }
        passed++;
    }

    private void rename(EventBlock block, byte[] name, RelayOutput output) {
        if (reframing != null) {
            reframing.put(block, model.start, model.end, name, output);
            return;
        }
        if (!block.dataInPlace()) {
            pass(block, output);
            return;
        }
        flush(output);
        output.put(block.array(), block.start(), model.start - block.start());
        output.put(name, 0, name.length);
        output.put(block.array(), model.end, block.end() - model.end);
        from = events.position();
        to = from;
    }

    private void pass(EventBlock block, RelayOutput output) {
        if (reframing != null) {
            reframing.put(block, output);
            return;
        }
        if (!events.blockInRead()) {
            flush(output);
            output.put(block.array(), block.start(), block.end() - block.start());
            from = events.position();
            to = from;
            return;
        }
        if (block.start() != to) {
            flush(output);
            from = block.start();
        }
        to = block.end();
    }

    private void flush(RelayOutput output) {
        if (to > from) {
            output.pass(from, to - from);
        }
        from = to;
    }

    @Override
    public boolean mayLackItsEnd() {
        return reader.mayLackItsEnd();
    }

    @Override
    public void complete(RelayOutput output) {
        state = State.DONE;
        if (reframing != null) {
            reframing.end(output);
        }
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
    public String id() {
        return model.id;
    }

    @Override
    public int passed() {
        return passed;
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
