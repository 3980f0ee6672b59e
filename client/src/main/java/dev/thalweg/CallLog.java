package dev.thalweg;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Prices;
import dev.thalweg.model.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call for its listeners; without any it does nothing. Told by one thread at a time, but by different ones: the
 * one that opens, the one that reads, the one that closes.
 */
final class CallLog {
    private static final ChatResponse NOTHING = ChatResponse.builder().build();
    private static final CallLog NOBODY =
            new CallLog(Listeners.NONE, new CallStart("", "", null, false, Instant.EPOCH, Map.of()));

    private final Listeners listeners;
    private final CallStart start;
    private final long started = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile String provider = "";
    private volatile String sentModel = "";
    private volatile @Nullable Prices prices;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CallClocks clocks = CallClocks.NONE;

    private CallLog(Listeners listeners, CallStart start) {
        this.listeners = listeners;
        this.start = start;
    }

    /** Of a call that begins now. */
    static CallLog of(Options options, ChatRequest request, boolean stream) {
        if (options.listeners().isEmpty()) {
            return NOBODY;
        }
        String id = UUID.randomUUID().toString();
        Map<String, String> metadata = options.call().metadata();
        return begin(options.listeners(), new CallStart(id, request.model(), request, stream, Instant.now(), metadata));
    }

    /** Of a stream of chunks that did not come from a call. */
    static CallLog replay(
            Listeners listeners, String callId, String model, @Nullable ChatRequest request, String provider) {
        if (listeners.isEmpty()) {
            return NOBODY;
        }
        CallLog log = begin(listeners, new CallStart(callId, model, request, true, Instant.now(), Map.of()));
        log.provider = provider;
        return log;
    }

    private static CallLog begin(Listeners listeners, CallStart start) {
        CallLog log = new CallLog(listeners, start);
        listeners.tell(to -> to.started(log.start));
        return log;
    }

    /** Somebody is asked now. */
    void asks(Endpoint endpoint, Target target) {
        if (listeners.isEmpty()) {
            return;
        }
        provider = target.name();
        sentModel = target.model();
        Configured configured = endpoint.configured();
        prices = configured == null ? null : configured.prices().apply(target.model());
        AttemptStart attempt = new AttemptStart(asked.incrementAndGet(), endpoint, target);
        listeners.tell(to -> to.attemptStarted(start.callId(), attempt));
    }

    void attemptFailed(Attempt attempt) {
        listeners.tell(to -> to.attemptFailed(start.callId(), attempt));
    }

    /** What the opening gives; its failure, whichever it is, is the call's end. */
    <T> T opening(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (Throwable e) {
            failed(e, () -> NOTHING);
            throw e;
        }
    }

    /** An open stream that is followed to its end. */
    Exchange.Opened opened(Exchange.Opened opened) {
        if (listeners.isEmpty()) {
            return opened;
        }
        if (opened.first() == null) {
            complete(opened.source().answer().now());
        } else {
            chunk(opened.first());
        }
        return new Exchange.Opened(follow(opened.source()), opened.first());
    }

    /** A source that is followed to its end. */
    AnswerSource follow(AnswerSource source) {
        return listeners.isEmpty() ? source : new FollowedSource(source, this);
    }

    void chunk(ChatChunk chunk) {
        if (over.get()) {
            return;
        }
        boolean first = clocks.toFirstToken() == null;
        clocks = clocks.chunk(sinceStart(), chunk.events().stream().anyMatch(CallLog::isContent));
        Duration toFirstToken = clocks.toFirstToken();
        if (first && toFirstToken != null) {
            listeners.tell(to -> to.firstToken(start.callId(), toFirstToken));
        }
        listeners.tell(to -> to.chunk(start.callId(), chunk));
    }

    boolean isOver() {
        return over.get();
    }

    /** The whole answer was handed out. */
    void complete(ChatResponse response) {
        ended(CallOutcome.COMPLETE, null, response);
    }

    /** Nobody wants the rest. */
    void closed(ChatResponse soFar) {
        ended(CallOutcome.CLOSED, null, soFar);
    }

    /** A stream that its caller closed has not failed, whoever noticed it first. */
    void failed(Throwable failure, Supplier<ChatResponse> soFar) {
        if (listeners.isEmpty()) {
            return;
        }
        ThalwegException told = failure instanceof ThalwegException known ? known : unexpected(failure);
        ChatResponse response = told.partial().orElseGet(soFar);
        if (told instanceof CancelledException) {
            closed(response);
        } else {
            ended(CallOutcome.FAILED, told, response);
        }
    }

    /** Its class alone: what was not meant for callers may hold anything in its message. */
    private ThalwegException unexpected(Throwable failure) {
        return new ThalwegException(ErrorDetails.builder(
                        "The call ended with a " + failure.getClass().getName() + ".")
                .model(start.model())
                .cause(failure)
                .build());
    }

    private void ended(CallOutcome outcome, @Nullable ThalwegException failure, ChatResponse response) {
        if (listeners.isEmpty() || over.getAndSet(true)) {
            return;
        }
        CallRecord call = new CallRecord(
                start, provider, sentModel, prices, clocks.ended(sinceStart()), outcome, failure, response);
        listeners.tell(to -> to.ended(call));
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - started);
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

    /** Tells the log what comes of a source. */
    private record FollowedSource(AnswerSource source, CallLog log) implements AnswerSource {
        @Override
        public @Nullable ChatChunk next() {
            ChatChunk chunk;
            try {
                chunk = source.next();
            } catch (Throwable e) {
                log.failed(e, source.answer()::now);
                throw e;
            }
            if (chunk == null) {
                log.complete(source.answer().now());
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
                log.closed(source.answer().now());
            }
        }
    }
}
