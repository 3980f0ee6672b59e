package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerStream;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.EventTooLargeException;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.core.wire.SseReader;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream of chat chunks on as it came, whole event by whole event, while an observer reads along. It changes
 * only the model's name (to the caller's alias), what came because the gateway asked for usage and the caller did not (a
 * chunk of its own, {@code "usage":null} in the others), and a top-level {@code "error":null}. Usage that a provider puts
 * on a chunk with a choice is there unasked, and stays.
 * An error, an observer's stop, a broken or too large event end the relay before that event is passed on; what the
 * caller is told then is the driver's business, as is a missing {@code [DONE]}.
 */
public final class Relay implements AnswerStream {
    private static final byte[] BLANK_LINE = Bytes.utf8("\n\n");

    private final SseReader events;
    private final ResponseReader reader = new ResponseReader();
    private final FrameSink observer;
    private final byte @Nullable [] alias;
    private final boolean showUsage;
    private final LargeEvent large;
    private final Splices splices = new Splices();
    private State state = State.OPEN;
    private @Nullable ErrorBody error;
    private int frames;
    private int blocks;
    private boolean choiceSeen;
    private boolean torn;
    private int from;
    private int to;

    /**
     * A relay for one stream.
     *
     * @param observer reads along
     * @param alias what the model is called towards the caller; null leaves the upstream's name
     * @param showUsage whether the caller asked for usage
     * @param maxEventBytes how large one event may be
     * @param budget what all streams together may hold back
     */
    public Relay(FrameSink observer, @Nullable String alias, boolean showUsage, int maxEventBytes, HeldBytes budget) {
        this.observer = observer;
        this.alias = alias == null
                ? null
                : new ByteBuilder(alias.length() + 2).string(alias).toBytes();
        this.showUsage = showUsage;
        this.events = new SseReader(maxEventBytes, budget);
        this.large = new LargeEvent(this.alias, showUsage);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public ErrorBody error() {
        return error == null ? ErrorBody.ofText("") : error;
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
        return large.passed() > 0;
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
            flush(output);
            if (state == State.OPEN) {
                large.advance(events.heldArray(), events.heldLength(), output);
            }
        } catch (JsonSyntaxException e) {
            flush(output);
            state = State.BROKEN;
        } catch (EventTooLargeException e) {
            flush(output);
            state = State.TOO_LARGE;
        }
        return state;
    }

    @Override
    public State end(RelayOutput output) {
        if (state == State.OPEN) {
            int before = frames;
            try {
                if (events.finish()) {
                    block(events.block(), output);
                    if (state == State.DONE || (state == State.OPEN && frames > before)) {
                        output.put(BLANK_LINE, 0, BLANK_LINE.length);
                    }
                } else if (events.heldLength() > 0) {
                    output.put(events.heldArray(), 0, events.heldLength());
                }
            } catch (JsonSyntaxException e) {
                // Half an event: the stream is cut, whatever was read of it. A page is not half of anything.
                frames = before;
                torn = true;
                EventBlock block = events.block();
                boolean page = block.bare() && block.dataArray()[block.dataStart()] == '<';
                state = page ? State.BROKEN : State.OPEN;
            }
        }
        close();
        return state;
    }

    @Override
    public boolean mayLackItsEnd() {
        return true;
    }

    @Override
    public void complete(RelayOutput output) {
        byte[] done = ResponseWriter.done();
        output.put(done, 0, done.length);
    }

    @Override
    public boolean torn() {
        return torn;
    }

    @Override
    public void close() {
        events.close();
    }

    private void block(EventBlock block, RelayOutput output) {
        blocks++;
        if (!block.hasData()) {
            pass(block, output);
            return;
        }
        if (block.isDone()) {
            // A stream of another protocol can end in the same marker: without any choice it was no chat.
            state = choiceSeen ? State.DONE : State.BROKEN;
            if (choiceSeen) {
                pass(block, output);
            }
            return;
        }
        if (block.isBlank()) {
            pass(block, output);
            return;
        }
        frames++;
        if (block.nameIs("error") || (block.bare() && block.dataArray()[block.dataStart()] == '[')) {
            // An array that is no event: Google wraps its errors so.
            fail(block);
            return;
        }
        reader.read(block.dataArray(), block.dataStart(), block.dataLength(), observer);
        choiceSeen |= reader.choices() > 0;
        if (reader.isError()) {
            fail(block);
        } else if (observer.stopped()) {
            state = State.STOPPED;
        } else if (block.bare()) {
            state = State.BROKEN;
        } else if (!showUsage && reader.hasUsage() && reader.choices() <= 0) {
            flush(output);
            resume();
        } else {
            edit(block, output);
        }
    }

    private void fail(EventBlock block) {
        state = State.ERROR;
        error = ErrorReader.read(block.dataArray(), block.dataStart(), block.dataLength());
    }

    private void edit(EventBlock block, RelayOutput output) {
        boolean hideUsage = hidesUsage(block.dataArray());
        boolean rename = alias != null && reader.modelMember().present();
        if (!hideUsage && !rename && !reader.nullErrorMember().present()) {
            pass(block, output);
        } else if (block.dataInPlace()
                && !hideUsage
                && alias != null
                && !reader.nullErrorMember().present()) {
            rename(block, alias, output);
        } else {
            rewrite(block, output);
        }
    }

    /** Mistral's clients cannot ask for usage, and read it on the last chunk with a choice. */
    private boolean hidesUsage(byte[] data) {
        ResponseReader.Member usage = reader.usageMember();
        return !showUsage && usage.present() && data[usage.valueStart] != '{';
    }

    /** The usual change: one value in the middle of an event that otherwise stays as it is. */
    private void rename(EventBlock block, byte[] name, RelayOutput output) {
        int valueStart = reader.modelMember().valueStart;
        int valueEnd = reader.modelMember().end;
        if (large.passed() > 0) {
            pass(block, output);
        } else if (events.blockInRead()) {
            extend(block.start(), valueStart, output);
            flush(output);
            output.put(name, 0, name.length);
            from = valueEnd;
            to = block.end();
        } else {
            flush(output);
            output.put(block.array(), block.start(), valueStart - block.start());
            output.put(name, 0, name.length);
            output.put(block.array(), valueEnd, block.end() - valueEnd);
            resume();
        }
    }

    /** Any other change. An event whose data stands on several lines is written anew on one. */
    private void rewrite(EventBlock block, RelayOutput output) {
        byte[] data = block.dataArray();
        int dataEnd = block.dataStart() + block.dataLength();
        changes(data, dataEnd);
        int passed = large.passed();
        if (passed > 0 && !block.dataInPlace()) {
            // Its first part has gone out as it came: it can no longer be written anew.
            pass(block, output);
            return;
        }
        flush(output);
        if (block.dataInPlace()) {
            splices.write(data, block.start() + passed, block.end(), output::put);
        } else {
            ByteBuilder event = new ByteBuilder((int) splices.length(block.dataLength()) + 8).ascii("data: ");
            splices.write(data, block.dataStart(), dataEnd, event::append);
            for (int i = 0; i < event.length(); i++) {
                if (event.array()[i] == '\n') {
                    event.array()[i] = ' ';
                }
            }
            event.ascii("\n\n");
            output.put(event.array(), 0, event.length());
        }
        resume();
    }

    /** Collects what is to be changed. */
    private void changes(byte[] data, int dataEnd) {
        splices.clear();
        if (alias != null && reader.modelMember().present()) {
            splices.replace(reader.modelMember().valueStart, reader.modelMember().end, alias);
        }
        ResponseReader.Member usage = reader.usageMember();
        ResponseReader.Member nullError = reader.nullErrorMember();
        boolean hideUsage = hidesUsage(data);
        if (hideUsage && nullError.present()) {
            splices.removeMembers(data, usage.start, usage.end, nullError.start, nullError.end, dataEnd);
        } else if (hideUsage) {
            splices.removeMember(data, usage.start, usage.end, dataEnd);
        } else if (nullError.present()) {
            splices.removeMember(data, nullError.start, nullError.end, dataEnd);
        }
    }

    private void pass(EventBlock block, RelayOutput output) {
        if (events.blockInRead()) {
            extend(block.start(), block.end(), output);
            return;
        }
        flush(output);
        int passed = large.passed();
        output.put(block.array(), block.start() + passed, block.end() - block.start() - passed);
        resume();
    }

    /** After a block that is not passed on from the read itself: goes on behind it. */
    private void resume() {
        large.reset();
        from = events.position();
        to = from;
    }

    private void extend(int start, int end, RelayOutput output) {
        if (start != to) {
            flush(output);
            from = start;
        }
        to = end;
    }

    private void flush(RelayOutput output) {
        if (to > from) {
            output.pass(from, to - from);
        }
        from = to;
    }
}
