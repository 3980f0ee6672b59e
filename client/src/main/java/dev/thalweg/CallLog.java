package dev.thalweg;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one call for a listener. Without one it does nothing. */
final class CallLog {
    private static final ChatResponse NOTHING = ChatResponse.builder().build();
    private static final System.Logger LOGGER = System.getLogger("dev.thalweg");

    private final @Nullable CallListener listener;
    private final String callId;
    private final String model;
    private final @Nullable ChatRequest request;
    private final boolean stream;
    private final Instant startedAt = Instant.now();
    private final long started = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile String provider = "";
    private volatile @Nullable Duration timeToFirstToken;

    CallLog(
            @Nullable CallListener listener,
            String callId,
            String model,
            @Nullable ChatRequest request,
            boolean stream) {
        this.listener = listener;
        this.callId = callId;
        this.model = model;
        this.request = request;
        this.stream = stream;
    }

    static CallLog of(@Nullable CallListener listener, ChatRequest request, boolean stream) {
        String callId = listener == null ? "" : UUID.randomUUID().toString();
        return new CallLog(listener, callId, request.model(), request, stream);
    }

    /** Who is asked, as soon as that is known. */
    CallLog provider(String name) {
        provider = name;
        return this;
    }

    /** What the opening gives; its failure is the call's end. */
    <T> T opening(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (ThalwegException e) {
            ended(e, e.partial().orElse(NOTHING), false);
            throw e;
        }
    }

    /** An open stream that is followed to its end. */
    Exchange.Opened opened(Exchange.Opened opened) {
        if (listener == null) {
            return opened;
        }
        if (opened.first() == null) {
            ended(null, opened.source().answer().now(), true);
        } else {
            chunk(opened.first());
        }
        return new Exchange.Opened(follow(opened.source()), opened.first());
    }

    /** A source that is followed to its end. */
    AnswerSource follow(AnswerSource source) {
        return listener == null ? source : new FollowedSource(source, this);
    }

    void chunk(ChatChunk chunk) {
        if (timeToFirstToken == null && chunk.events().stream().anyMatch(CallLog::isContent)) {
            timeToFirstToken = Duration.ofNanos(System.nanoTime() - started);
        }
        tell(to -> to.chunk(callId, chunk));
    }

    void attemptFailed(Attempt attempt) {
        tell(to -> to.attemptFailed(callId, attempt));
    }

    boolean isOver() {
        return over.get();
    }

    /** The end, once. A stream that its caller closed has not failed, whoever noticed it first. */
    void ended(@Nullable ThalwegException failure, ChatResponse response, boolean complete) {
        if (listener != null && !over.getAndSet(true)) {
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            ThalwegException told = failure instanceof CancelledException ? null : failure;
            CallRecord call = new CallRecord(this, duration, timeToFirstToken, complete, told, response);
            tell(to -> to.ended(call));
        }
    }

    /** A listener's fault is not the call's: it is told without an interrupt, and what it throws stops here. */
    private void tell(Consumer<CallListener> message) {
        if (listener == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            message.accept(listener);
        } catch (Throwable e) {
            // Its class alone: a message of the listener's may hold what the model said.
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A CallListener threw " + e.getClass().getName() + ", which does no harm to the call.");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isContent(StreamEvent event) {
        return switch (event) {
            case StreamEvent.TextDelta e -> true;
            case StreamEvent.ReasoningDelta e -> true;
            case StreamEvent.RefusalDelta e -> true;
            case StreamEvent.ToolCallStart e -> true;
            case StreamEvent.ToolCallDelta e -> true;
            case StreamEvent.AudioDelta e -> true;
            case StreamEvent.ImageAdded e -> true;
            default -> false;
        };
    }

    String callId() {
        return callId;
    }

    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    @Nullable
    ChatRequest request() {
        return request;
    }

    boolean stream() {
        return stream;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Tells the log what comes of a source. */
    private record FollowedSource(AnswerSource source, CallLog log) implements AnswerSource {
        @Override
        public @Nullable ChatChunk next() {
            ChatChunk chunk;
            try {
                chunk = source.next();
            } catch (ThalwegException e) {
                log.ended(e, e.partial().orElseGet(source.answer()::now), false);
                throw e;
            }
            if (chunk == null) {
                log.ended(null, source.answer().now(), true);
            } else {
                log.chunk(chunk);
            }
            return chunk;
        }

        @Override
        public Answer answer() {
            return source.answer();
        }

        @Override
        public void abort() {
            source.abort();
        }

        @Override
        public void neverRestart() {
            source.neverRestart();
        }

        @Override
        public boolean aborted() {
            return source.aborted();
        }

        @Override
        public void release() {
            source.release();
            if (!log.isOver()) {
                log.ended(null, source.answer().now(), false);
            }
        }
    }
}
