package dev.thalweg;

import dev.thalweg.core.stream.Assembler;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it is being written: a sequence of chunks to loop over, once, or one of its views: {@link #text()}, {@link
 * #events()}, {@link #tools()}, {@link #choice}.
 *
 * <p>It is open when the caller gets it: the provider has accepted the request and begun to answer, and all retries are
 * over. It then ends in exactly one way: the loop ends because the answer is complete, or {@code hasNext()} or {@code
 * next()} throws one {@link ThalwegException}, which carries the answer so far as {@link ThalwegException#partial()}.
 * After either, the connection is given back or closed and {@code hasNext()} is false. Nothing is tried again once a
 * chunk has been handed out, unless {@link Thalweg.Builder#restarts} asks for it: the loop is then told.
 *
 * <p>Leaving the loop early needs {@link #close()}, so open it in a {@code try (…)}: closing stops the provider at once.
 * One thread reads at a time; it blocks while it waits, which suits a virtual thread. Interrupting it closes the stream,
 * keeps its interrupt flag and throws {@link dev.thalweg.error.CancelledException}. {@link #close()}, {@link
 * #snapshot()} and the accessors may be called by any thread at any time.
 */
public final class ChatStream implements Iterable<ChatChunk>, AutoCloseable {
    private final AnswerSource source;
    private final Forgotten.@Nullable Watch watch;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final ReentrantLock reading = new ReentrantLock();
    private final List<Consumer<? super ChatChunk>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private @Nullable ChatChunk ahead;
    private @Nullable RuntimeException failure;

    ChatStream(Exchange.Opened opened, StackWalker.StackFrame openedAt) {
        source = opened.source();
        watch = Forgotten.watch(this, source, openedAt);
        ahead = opened.first();
        if (ahead == null) {
            end();
        }
    }

    /** A stream that holds nothing but memory: nobody has to watch over it. */
    ChatStream(AnswerSource source) {
        this.source = source;
        watch = null;
    }

    /**
     * Makes a stream of chunks that did not come from a call: a cached list, a recording. It is guarded, accounted for and
     * ends like any other; without a finish reason for each choice it ends as one that was cut.
     */
    public static Replay replay(Iterator<ChatChunk> chunks) {
        return new Replay(chunks);
    }

    /**
     * The chunks, in order. May be asked for once.
     *
     * @throws IllegalStateException the second time, or after a view was read or {@link #response()} asked for
     */
    @Override
    public Iterator<ChatChunk> iterator() {
        if (taken.getAndSet(true)) {
            throw new IllegalStateException("A ChatStream can be read once: its chunks are gone. "
                    + "Use snapshot() for the answer so far, or response() for the whole one.");
        }
        return new Chunks();
    }

    /**
     * The pieces of the first choice's text, without empty ones, instead of {@link #iterator()}. Where restarts were asked
     * for there are none: pieces cannot tell of them.
     */
    public StreamView<String> text() {
        return choice(0).text();
    }

    /** Whatever happens in the answer, in order, instead of {@link #iterator()}: starts, deltas and ends with their parts' ids. */
    public StreamView<StreamEvent> events() {
        return view(ChatChunk::events);
    }

    /** The chunks as {@link #iterator()} gives them, also as a {@link java.util.stream.Stream}. */
    public StreamView<ChatChunk> chunks() {
        return new StreamView<>(this, this::iterator);
    }

    /**
     * The chunks, each with the tool call that became complete in it, instead of {@link #iterator()}: of all choices. A call
     * comes once, with all its arguments; they are JSON unless the answer was cut by its token limit.
     */
    public StreamView<ToolChunk> tools() {
        return new StreamView<>(this, () -> {
            CompleteCalls calls = new CompleteCalls();
            return new FlatIterator<>(iterator(), calls::of);
        });
    }

    /**
     * The answer of this index among the {@code n} asked for, apart from the others: what belongs to them is passed over,
     * and is in {@link #snapshot()}.
     */
    public ChoiceView choice(int index) {
        return new ChoiceView(this, index);
    }

    /**
     * Has this told of every chunk before it is handed out, whatever view is read, on the thread that reads. What it throws
     * comes out of the reading, and closes nothing. Gives this stream back.
     */
    public ChatStream onEach(Consumer<? super ChatChunk> action) {
        listeners.add(action);
        return this;
    }

    <T> StreamView<T> view(Function<ChatChunk, List<T>> items) {
        return new StreamView<>(this, () -> new FlatIterator<>(iterator(), items));
    }

    /** The pieces of a choice's text. */
    StreamView<String> textOf(int choice) {
        return new StreamView<>(this, () -> {
            source.neverRestart();
            return new FlatIterator<>(iterator(), chunk -> pieces(chunk, choice));
        });
    }

    private static List<String> pieces(ChatChunk chunk, int choice) {
        List<String> pieces = new ArrayList<>(1);
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.TextDelta delta
                    && delta.choice() == choice
                    && !delta.text().isEmpty()) {
                pieces.add(delta.text());
            }
        }
        return pieces;
    }

    /**
     * Reads what is left and gives the whole answer, the same as {@link Thalweg#complete} gives but for {@link
     * ChatResponse#raw()}. May be called after or in the middle of a loop, and again.
     *
     * @throws ThalwegException when the stream ends or has ended in another way than completely
     */
    public ChatResponse response() {
        taken.set(true);
        startReading();
        try {
            while (advance()) {
                ChatChunk unused = taken();
            }
            if (failure != null) {
                throw failure;
            }
            return snapshot();
        } finally {
            stopReading();
        }
    }

    /** The answer so far, also after an error or a close: all that has been read from the connection. */
    public ChatResponse snapshot() {
        return source.answer().now();
    }

    /** The provider's id of the answer; empty as long as none came. */
    public String id() {
        return source.answer().ask(Assembler::id);
    }

    /** The model that answers, in the provider's words; empty as long as it was not named. */
    public String model() {
        return source.answer().ask(Assembler::model);
    }

    /** Why choices ended; those that have not are left out. */
    public List<FinishReason> finishReasons() {
        return source.answer().ask(Assembler::finishReasons);
    }

    /** Token counts; most providers send them at the end, and where one sent none they are then estimated. */
    public Optional<Usage> usage() {
        return source.answer().usage();
    }

    /**
     * Stops the answer and closes the connection. Returns at once, from any thread, any number of times. A thread that is
     * reading gets a {@link dev.thalweg.error.CancelledException}; after the stream's end it does nothing.
     */
    @Override
    public void close() {
        if (!over) {
            source.abort();
            releaseIfAborted();
        }
        endWatch();
    }

    private void endWatch() {
        if (watch != null) {
            watch.end();
        }
    }

    /** True with a chunk at hand; false at the end. Throws once if the stream ends in another way. */
    private boolean advance() {
        if (over) {
            return false;
        }
        if (ahead != null) {
            return true;
        }
        try {
            ahead = source.next();
        } catch (RuntimeException e) {
            failure = e;
            end();
            throw e;
        }
        if (ahead == null) {
            end();
        }
        return ahead != null;
    }

    /** The chunk at hand, of which everybody is told. */
    private ChatChunk taken() {
        ChatChunk chunk = Objects.requireNonNull(ahead);
        ahead = null;
        for (Consumer<? super ChatChunk> listener : listeners) {
            listener.accept(chunk);
        }
        return chunk;
    }

    private void end() {
        over = true;
        endWatch();
    }

    private void startReading() {
        if (reading.tryLock()) {
            return;
        }
        if (!source.aborted()) {
            throw new IllegalStateException(
                    "Another thread is reading this ChatStream: one at a time may, use snapshot() beside it.");
        }
        // The one who closed it gives back what it holds, or a reader is just being woken: neither takes long.
        reading.lock();
    }

    private void stopReading() {
        reading.unlock();
        releaseIfAborted();
    }

    /** What a closed stream holds is given back by whoever can be sure that nobody reads. */
    private void releaseIfAborted() {
        if (source.aborted() && reading.tryLock()) {
            try {
                source.release();
            } finally {
                reading.unlock();
            }
        }
    }

    private final class Chunks implements Iterator<ChatChunk> {
        @Override
        public boolean hasNext() {
            startReading();
            try {
                if (source.aborted()) {
                    ahead = null;
                }
                return advance();
            } finally {
                stopReading();
            }
        }

        @Override
        public ChatChunk next() {
            startReading();
            try {
                if (!advance()) {
                    throw new NoSuchElementException("The stream has ended: ask hasNext() first.");
                }
                return taken();
            } finally {
                stopReading();
            }
        }
    }
}
