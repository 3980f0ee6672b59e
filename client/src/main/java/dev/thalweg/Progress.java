package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Shows on one line of the terminal that a model is at work: a spinner until its first token, then tokens, tokens a second,
 * time and cost, with a bar where the request limits the tokens; and a last line when it is over.
 *
 * {@snippet :
 * try (Progress progress = Progress.start(request);
 *         ChatStream stream = thalweg.stream(request)) {
 *     for (ChatChunk chunk : progress.over(stream)) text.append(chunk.content());
 * }
 * }
 *
 * <p>It writes to standard error alone, without colours, and nothing at all where that is no terminal, where {@code TERM} is
 * {@code dumb}, or in a build ({@code CI}). Where standard output is a terminal, too, the text that a program prints stands
 * on the same screen: the line is then taken away before the first token is handed out and nothing is drawn until the end,
 * unless the program says that it prints nothing ({@link Builder#alone}).
 *
 * <p>Around a call that is not streamed it is a spinner and no more. Tokens and cost are estimates until the provider counts, the cost by the list prices this version carries. Whoever
 * starts it closes it, after the stream. Its methods may be called by any thread.
 */
public final class Progress implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream terminal;
    private final LongSupplier clock;
    private final ProgressLine line;
    private final boolean drawn;
    private final boolean quietWithText;
    private final Runnable stop;
    private int width;
    private boolean texting;
    private boolean complete;
    private boolean closed;

    private Progress(Builder builder) {
        terminal = builder.terminal;
        clock = builder.clock;
        line = new ProgressLine(builder.request, clock.getAsLong());
        drawn = builder.drawn;
        quietWithText = builder.shared && !builder.alone;
        stop = drawn ? builder.ticks.begin(this::tick) : () -> {};
    }

    /** Begins to show the progress of the answer to this request, which is about to be asked for. */
    public static Progress start(ChatRequest request) {
        return builder(request).start();
    }

    /** A builder that holds the defaults. */
    public static Builder builder(ChatRequest request) {
        return new Builder(request);
    }

    /** The chunks of this stream, which may be looped over once, with progress. */
    public Iterable<ChatChunk> over(ChatStream stream) {
        return () -> new Watched(stream, stream.iterator());
    }

    /** Takes the line away and, where an answer had begun, says how it went. */
    @Override
    public void close() {
        stop.run();
        lock.lock();
        try {
            if (!closed && drawn) {
                erase();
                if (texting) {
                    terminal.print((quietWithText ? "\n" : "") + line.summary(clock.getAsLong(), complete) + "\n");
                }
                terminal.flush();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        lock.lock();
        try {
            if (!closed && !(texting && quietWithText)) {
                draw(line.live(clock.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void seen(ChatStream stream, ChatChunk chunk) {
        lock.lock();
        try {
            boolean first = line.add(chunk, clock.getAsLong());
            stream.usage().ifPresent(line::count);
            texting |= first;
            if (first && quietWithText && drawn && !closed) {
                erase();
                terminal.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(ChatStream stream, boolean whole) {
        lock.lock();
        try {
            stream.usage().ifPresent(line::count);
            complete = whole;
        } finally {
            lock.unlock();
        }
    }

    /** Over the line that stands there; blanks cover what was longer, so that no terminal needs to know more. */
    private void draw(String text) {
        terminal.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        terminal.flush();
        width = text.length();
    }

    private void erase() {
        if (width > 0) {
            terminal.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }

    private final class Watched implements Iterator<ChatChunk> {
        private final ChatStream stream;
        private final Iterator<ChatChunk> chunks;
        private boolean broken;

        Watched(ChatStream stream, Iterator<ChatChunk> chunks) {
            this.stream = stream;
            this.chunks = chunks;
        }

        @Override
        public boolean hasNext() {
            boolean more;
            try {
                more = chunks.hasNext();
            } catch (RuntimeException e) {
                broken = true;
                ended(stream, false);
                throw e;
            }
            if (!more) {
                ended(stream, !broken);
            }
            return more;
        }

        @Override
        public ChatChunk next() {
            ChatChunk chunk = chunks.next();
            seen(stream, chunk);
            return chunk;
        }
    }

    /** Begins to call something again and again, and gives what ends that. */
    interface Ticks {
        Runnable begin(Runnable tick);
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private static final long TICK_MILLIS = 100;

        private final ChatRequest request;
        private PrintStream terminal = System.err;
        private LongSupplier clock = System::nanoTime;
        private Ticks ticks = Builder::everyTick;
        private boolean drawn;
        private boolean shared;
        private boolean alone;

        private Builder(ChatRequest request) {
            this.request = Objects.requireNonNull(request);
            Map<String, String> environment = System.getenv();
            drawn = Terminal.mayRedraw(environment) && Terminal.is(Terminal.STDERR);
            shared = Terminal.is(Terminal.STDOUT);
        }

        /**
         * Says that the program prints nothing to the terminal while it reads, so that the line may stay there. Default
         * false.
         */
        public Builder alone(boolean value) {
            alone = value;
            return this;
        }

        /** Draws here, whatever this is, instead of on standard error. The caller closes it. */
        public Builder terminal(PrintStream value) {
            terminal = value;
            drawn = true;
            return this;
        }

        /** Says whether text of the program appears on the same screen. */
        Builder shared(boolean value) {
            shared = value;
            return this;
        }

        Builder clock(LongSupplier nanos) {
            clock = nanos;
            return this;
        }

        Builder ticks(Ticks value) {
            ticks = value;
            return this;
        }

        /** Begins to show progress. */
        public Progress start() {
            return new Progress(this);
        }

        private static Runnable everyTick(Runnable tick) {
            CountDownLatch stop = new CountDownLatch(1);
            Thread.ofVirtual().name("thalweg-progress").start(() -> {
                try {
                    do {
                        tick.run();
                    } while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            return stop::countDown;
        }
    }
}
