package dev.thalweg.tool;

import dev.thalweg.ChatStream;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolChoice;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that goes on by itself until the model wants no more tools called: one stream over the answers of all
 * rounds. After an answer that wants tools called they run in parallel, each on a virtual thread, while the reader waits;
 * then the model is asked again with their results.
 *
 * {@snippet :
 * String answer = thalweg.run(request, tools, 8).response().content();
 * }
 *
 * <p>It is open when the caller gets it: the model has begun its first answer. It ends in exactly one way, as a {@link
 * ChatStream} does: complete, or with one {@link ThalwegException}. An answer that ended at its limit of tokens or by a
 * filter is the last one: its tools are not called. Where the request has to have a tool called ({@link ToolChoice}), that
 * is so in the first round only. Only first choices count.
 *
 * <p>One thread reads at a time. {@link #close()} stops everything from any thread, at once: the provider's connection is
 * closed, running tools are interrupted, nothing more is asked; the reader gets a {@link
 * dev.thalweg.error.CancelledException}. Interrupting the reader does the same. The other accessors may be called by any
 * thread at any time. Reading to the end closes it; who may leave earlier opens it in a {@code try (…)}.
 */
public final class ToolRun implements Iterable<ChatChunk>, AutoCloseable {
    private final Function<ChatRequest, ChatStream> model;
    private final Tools tools;
    private final int maxRounds;
    private final StopSwitch stop = new StopSwitch();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final ReentrantLock reading = new ReentrantLock();
    private final List<ToolRound> rounds = new CopyOnWriteArrayList<>();
    private final ChatRequest first;
    private final List<ChatStream> streams = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private Iterator<ChatChunk> chunks;
    private @Nullable ChatChunk ahead;
    private @Nullable RuntimeException failure;

    private ToolRun(Function<ChatRequest, ChatStream> model, ChatRequest request, Tools tools, int maxRounds) {
        this.model = model;
        this.tools = tools;
        this.maxRounds = maxRounds;
        this.first = tools.offerIn(request);
        this.chunks = read(model.apply(first));
    }

    private Iterator<ChatChunk> read(ChatStream stream) {
        streams.add(stream);
        stop.running(stream::close);
        return stream.iterator();
    }

    private ChatStream stream() {
        return streams.getLast();
    }

    /**
     * Begins a run with whoever answers requests, {@code thalweg::stream} as a rule: see {@link dev.thalweg.Thalweg#run}.
     *
     * @throws ThalwegException when the first answer does not begin
     * @throws IllegalArgumentException for less than one round
     */
    public static ToolRun start(
            Function<ChatRequest, ChatStream> model, ChatRequest request, Tools tools, int maxRounds) {
        if (maxRounds < 1) {
            throw new IllegalArgumentException("maxRounds(" + maxRounds + ") lets the model answer never: at least 1.");
        }
        return new ToolRun(model, request, tools, maxRounds);
    }

    /**
     * The chunks of all rounds, in order; each round's have an {@link ChatChunk#id()} of their own. May be asked for once.
     *
     * @throws IllegalStateException the second time, or after {@link #response()}
     */
    @Override
    public Iterator<ChatChunk> iterator() {
        if (taken.getAndSet(true)) {
            throw new IllegalStateException(
                    "A ToolRun can be read once: its chunks are gone. Use rounds() for what came, or response().");
        }
        return new Chunks();
    }

    /**
     * Reads what is left and gives the last answer, which wants no tools called. May be called after or in the middle of a
     * loop, and again.
     *
     * @throws TooManyRoundsException when the model still wants tools called after the last round
     * @throws ThalwegException when the run ends or has ended in another way than completely
     */
    public ChatResponse response() {
        taken.set(true);
        startReading();
        try {
            while (advance()) {
                ahead = null;
            }
            if (failure != null) {
                throw failure;
            }
            return stream().snapshot();
        } finally {
            reading.unlock();
        }
    }

    /** The rounds that are over: answers and results. The last answer is one of them, without results. */
    public List<ToolRound> rounds() {
        return List.copyOf(rounds);
    }

    /** The conversation: the request's messages and those of all rounds that are over. A new request can go on from it. */
    public List<Message> messages() {
        List<Message> all = new ArrayList<>(first.messages());
        rounds.forEach(round -> all.addAll(round.messages()));
        return List.copyOf(all);
    }

    /** Token counts of all answers together, of the one that is being written as far as it tells. */
    public Optional<Usage> usage() {
        return UsageSum.of(streams.stream()
                .map(ChatStream::usage)
                .flatMap(Optional::stream)
                .toList());
    }

    /** The answer of the current round so far. */
    public ChatResponse snapshot() {
        return stream().snapshot();
    }

    /** Stops everything. Returns at once, from any thread, any number of times; after the end it does nothing. */
    @Override
    public void close() {
        if (!over) {
            stop.stop();
        }
    }

    /** True with a chunk at hand; false at the end. Throws once if the run ends in another way. */
    private boolean advance() {
        if (over) {
            return false;
        }
        if (ahead != null) {
            return true;
        }
        try {
            ahead = next();
        } catch (RuntimeException e) {
            failure = e;
            over = true;
            stop.stop();
            throw e;
        }
        over = ahead == null;
        return ahead != null;
    }

    /** The next chunk, of whichever round; null at the end of the last one. */
    private @Nullable ChatChunk next() {
        while (!chunks.hasNext()) {
            ChatResponse answer = stream().response();
            checkOpen();
            if (answer.toolCalls().isEmpty() || Tools.isCut(answer)) {
                rounds.add(new ToolRound(answer, List.of()));
                return null;
            }
            if (rounds.size() + 1 >= maxRounds) {
                throw new TooManyRoundsException(maxRounds, answer, messages());
            }
            rounds.add(tools.callAll(answer, stop));
            checkOpen();
            chunks = read(Opening.of(model, request()).await(stop));
        }
        return chunks.next();
    }

    private void checkOpen() {
        if (stop.stopped()) {
            throw StopSwitch.cancelled("The run was closed.", null);
        }
    }

    private ChatRequest request() {
        ChatRequest.Builder next = first.toBuilder();
        rounds.forEach(round -> next.messages(round.messages()));
        boolean forced = first.toolChoice()
                .map(ToolChoice::mode)
                .filter(mode -> mode == ToolChoice.Mode.REQUIRED || mode == ToolChoice.Mode.NAMED)
                .isPresent();
        return (forced ? next.toolChoice(ToolChoice.AUTO) : next).build();
    }

    private void startReading() {
        if (!reading.tryLock()) {
            throw new IllegalStateException("Another thread is reading this ToolRun: one at a time may.");
        }
    }

    private final class Chunks implements Iterator<ChatChunk> {
        @Override
        public boolean hasNext() {
            startReading();
            try {
                if (stop.stopped()) {
                    ahead = null;
                }
                return advance();
            } finally {
                reading.unlock();
            }
        }

        @Override
        public ChatChunk next() {
            startReading();
            try {
                if (!advance()) {
                    throw new NoSuchElementException("The run has ended: ask hasNext() first.");
                }
                ChatChunk chunk = Objects.requireNonNull(ahead);
                ahead = null;
                return chunk;
            } finally {
                reading.unlock();
            }
        }
    }
}
