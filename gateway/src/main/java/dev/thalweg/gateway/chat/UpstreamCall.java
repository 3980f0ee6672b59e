package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.Settings;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.AnswerStream;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventRelay;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.Reframing;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.TranslatedStream;
import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.gateway.demo.DemoModel;
import dev.thalweg.gateway.demo.MockModel;
import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptFailure;
import dev.thalweg.gateway.upstream.AttemptListener;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to one deployment, from its opening to its end: hears what the connection tells, turns the body into an answer,
 * and tells its exchange. Lives on the exchange's event loop.
 */
final class UpstreamCall implements AttemptListener {
    private static final System.Logger LOG = System.getLogger(UpstreamCall.class.getName());

    private final ChatExchange exchange;
    private final Target target;
    private final String asked;
    private final int number;
    private final StreamObserver observer;
    private final @Nullable Continuation continuation;
    private final Front upstream;
    private Errand.@Nullable Question question;
    private boolean staleRetried;
    private @Nullable Attempt attempt;
    private @Nullable Answer answer;
    private boolean over;

    /**
     * A call that is not opened yet.
     *
     * @param asked the model's name by which this deployment was found
     * @param number its number in the record
     * @param continuation the answer it goes on from; null: none
     */
    UpstreamCall(ChatExchange exchange, Target target, String asked, int number, @Nullable Continuation continuation) {
        this.exchange = exchange;
        this.target = target;
        this.asked = asked;
        this.number = number;
        this.continuation = continuation;
        this.upstream = target.upstream(exchange.asked().front());
        this.observer = new StreamObserver(exchange.settings().loopLimits(), exchange.spoken());
    }

    Target target() {
        return target;
    }

    /** Its number in the record. */
    int number() {
        return number;
    }

    /** Begins. */
    void start() {
        open(false);
    }

    /** Ends it now: nothing more is heard of it. */
    void cancel() {
        over = true;
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
        closeAnswer();
    }

    /** Its answer is complete: what still comes is thrown away. */
    void release() {
        over = true;
        if (attempt != null) {
            attempt.release();
        }
        closeAnswer();
    }

    /** Stops or goes on reading, as the caller takes the bytes. */
    void reading(boolean on) {
        if (attempt != null) {
            attempt.reading(on);
        }
    }

    /** The head is out: what waited behind the gate follows it. */
    void openGate() {
        if (answer instanceof StreamAnswer stream) {
            stream.openGate();
        }
    }

    /** Whether a part of an event is out whose rest is still to come: nothing may be put in between. */
    boolean insideEvent() {
        return answer instanceof StreamAnswer stream && stream.insideEvent();
    }

    /** How many tokens were used, as far as is known. */
    long tokens() {
        return observer.usage()
                .map(usage -> usage.inputTokens() + usage.outputTokens())
                .orElse(observer.estimatedTokens());
    }

    // What answers ask and tell.

    Caller caller() {
        return exchange.caller();
    }

    EventLoop loop() {
        return exchange.loop();
    }

    LoopState loopState() {
        return exchange.loopState();
    }

    String alias() {
        return exchange.alias();
    }

    boolean committed() {
        return exchange.committed();
    }

    boolean mayRetry() {
        return exchange.mayRetry();
    }

    /** An event has come; a comment is one without data. */
    void sawEvent(boolean data, boolean content) {
        exchange.sawEvent(this, data, content);
    }

    void commit() {
        exchange.commit(this);
    }

    void write(ByteBuf piece) {
        exchange.write(continuation == null ? piece : continuation.splice(piece));
    }

    /** The last bytes of a stream that is complete. */
    void ends(ByteBuf last) {
        exchange.ends(last);
    }

    void complete() {
        exchange.complete(this);
    }

    void fail(Failure failure) {
        if (!over) {
            exchange.failed(this, failure);
        }
    }

    /** Whether the provider's filter refused, and another model is there for that. */
    boolean refusedByFilter() {
        return !observer.hasContent()
                && observer.finishReason()
                        .map(FinishReason::of)
                        .filter(reason -> reason.kind() == FinishReason.Kind.CONTENT_FILTER)
                        .isPresent()
                && exchange.standsIn(FailureClass.CONTENT_POLICY);
    }

    /** The failure that {@link #refusedByFilter()} is. */
    static Failure filterRefusal() {
        return Failure.upstream(
                200,
                new ErrorBody(
                        "The provider's content filter refused to answer.",
                        "invalid_request_error",
                        "content_policy_violation",
                        null,
                        400),
                null);
    }

    // What the attempt tells.

    @Override
    public void onWaitingForConnection() {
        exchange.clock(this).start(Clock.POOL);
    }

    @Override
    public void onConnecting() {
        exchange.clock(this).stop(Clock.POOL);
        exchange.clock(this).start(Clock.CONNECT);
    }

    @Override
    public void onSent() {
        CallClock clock = exchange.clock(this);
        clock.stop(Clock.POOL);
        clock.stop(Clock.CONNECT);
        clock.start(Clock.FIRST_BYTE);
        if (exchange.paused()) {
            reading(false);
        }
    }

    @Override
    public void onHead(int status, HttpHeaders headers) {
        exchange.clock(this).stop(Clock.FIRST_BYTE);
        exchange.upstreamRequestId(
                headers.get("x-request-id", headers.get("request-id", headers.get("x-amzn-requestid"))));
        answer = answerFor(status, headers);
        if (!(answer instanceof StreamAnswer)) {
            exchange.clock(this).start(Clock.IDLE);
        }
    }

    @Override
    public void onBody(ByteBuf read) {
        if (answer != null) {
            try {
                answer.body(read);
            } catch (RuntimeException | StackOverflowError e) {
                unreadable(e);
            }
        }
    }

    @Override
    public void onReadComplete() {
        exchange.readComplete();
    }

    @Override
    public void onEnd(boolean clean) {
        if (answer != null) {
            try {
                answer.end(clean);
            } catch (RuntimeException | StackOverflowError e) {
                unreadable(e);
            }
        }
    }

    /** Reads a piece of an answer, at another time than when it came. */
    void guarded(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException | StackOverflowError e) {
            unreadable(e);
        }
    }

    /** Whatever goes wrong in reading an answer ends its exchange: a caller is never left waiting. */
    void unreadable(Throwable bug) {
        LOG.log(System.Logger.Level.ERROR, "Reading a provider's answer failed in a way that is a bug.", bug);
        fail(Failure.of(StreamEnd.PROTOCOL_ERROR, "This gateway could not read the provider's answer."));
    }

    @Override
    public void onFailure(AttemptFailure failure) {
        switch (failure.kind()) {
            case STALE -> {
                if (staleRetried) {
                    fail(Failure.unreachable("The provider keeps closing its connections without an answer."));
                } else {
                    // It was closed while it lay in the pool: nothing was asked yet, so this is no attempt.
                    staleRetried = true;
                    exchange.clock(this).stop(Clock.FIRST_BYTE);
                    open(true);
                }
            }
            case NOT_HTTP -> fail(Failure.of(StreamEnd.PROTOCOL_ERROR, failure.message()));
            case UNREACHABLE, CLOSED -> fail(Failure.unreachable(failure.message()));
        }
    }

    private void open(boolean fresh) {
        try {
            attempt = attempt(fresh);
        } catch (RequestProblem problem) {
            fail(Failure.of(problem));
            return;
        }
        Credentials credentials = target.credentials();
        if (credentials == null) {
            attempt.start();
            return;
        }
        Attempt opened = attempt;
        credentials.whenReady(
                exchange.loop(),
                () -> {
                    if (attempt == opened && !over) {
                        opened.start();
                    }
                },
                why -> fail(Failure.unreachable(why)));
    }

    private Attempt attempt(boolean fresh) {
        Deployment deployment = target.deployment();
        Asked question = exchange.asked();
        if (question.errand() != null) {
            return errand(fresh, question.errand());
        }
        if (deployment.mockResponse() != null) {
            return MockModel.attempt(
                    exchange.loop(), question.head(), deployment.mockResponse(), deployment.mockDelay(), this);
        }
        String model = target.upstreamModel(asked);
        if (deployment.kind() == Deployment.Kind.DEMO) {
            ByteBuf read = upstream == question.front()
                    ? question.body()
                    : question.bodyFor(upstream, deployment, model, null);
            return DemoModel.attempt(exchange.loop(), question.head(), read, this);
        }
        String spoken = continuation == null ? null : continuation.spoken();
        if (upstream != question.front()) {
            // What cannot be said in the upstream's protocol is to be known before it is asked.
            ByteBuf translated = question.bodyFor(upstream, deployment, model, spoken);
            return pooled(fresh, () -> translated.retainedDuplicate(), model);
        }
        return pooled(fresh, () -> question.bodyFor(upstream, deployment, model, spoken), model);
    }

    /** Asks what is no chat. */
    private Attempt errand(boolean fresh, Errand errand) {
        Errand.Question next = question;
        if (next == null) {
            next = errand.question(exchange.asked(), target, target.upstreamModel(asked));
            question = next;
        }
        Deployment deployment = target.deployment();
        String known = next.known() != null ? next.known() : deployment.mockResponse();
        if (known != null) {
            return MockModel.attempt(exchange.loop(), exchange.asked().head(), known, deployment.mockDelay(), this);
        }
        Errand.Question ask = next;
        ask.prepare(); // What cannot be said is to be known before anybody is asked.
        return loopState()
                .pools()
                .attempt(target.address(), () -> target.request(ask.path(), ask.body(), ask.headers()), fresh, this);
    }

    private Attempt pooled(boolean fresh, Supplier<ByteBuf> body, String model) {
        HttpHeaders forwarded = exchange.asked().forwarded(upstream);
        boolean stream = exchange.asked().stream();
        return loopState()
                .pools()
                .attempt(
                        target.address(),
                        () -> target.request(upstream, model, stream, body.get(), forwarded),
                        fresh,
                        this);
    }

    private Answer answerFor(int status, HttpHeaders headers) {
        byte[] instead = question == null ? null : question.instead(status);
        if (instead != null) {
            observer.usage(Usage.builder().inputTokens(0).outputTokens(0).build());
            return new InsteadAnswer(() -> deliver(instead));
        }
        if (status < 200 || status >= 300) {
            return new ErrorAnswer(this, status, headers);
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            return new EncodedAnswer(this);
        }
        if (question != null) {
            int limit = exchange.settings().maxResponseBytes();
            return new WholeAnswer(this, observer, headers, limit, question.reading(observer, delivery()));
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean stream = exchange.asked().stream();
        if (!stream && type.startsWith("text/event-stream")) {
            EventReader reader = upstream.dialect().eventReader();
            Settings settings = exchange.settings();
            return new AssembledAnswer(
                    this, observer, headers, reader, settings, exchange.heldBytes(), this::deliverWritten);
        }
        if (!stream || type.startsWith("application/json")) {
            int limit = exchange.settings().maxResponseBytes();
            return new WholeAnswer(this, observer, headers, limit, stream ? eventsReading() : wholeReading());
        }
        return new StreamAnswer(this, observer, headers, passage());
    }

    private Errand.Delivery delivery() {
        return new Errand.Delivery() {
            @Override
            public String requestId() {
                return caller().requestId();
            }

            @Override
            public void whole(byte[] array, int offset, int length, Splices changes) {
                deliver(array, offset, length, changes);
            }

            @Override
            public void more() {
                again();
            }
        };
    }

    /** The same deployment is asked for the rest. */
    private void again() {
        exchange.clock(this).stop(Clock.IDLE);
        if (answer != null) {
            answer.close();
            answer = null;
        }
        staleRetried = false;
        open(false);
    }

    private AnswerStream passage() {
        Asked asked = exchange.asked();
        int most = exchange.settings().maxEventBytes();
        HeldBytes held = exchange.heldBytes();
        Dialect dialect = upstream.dialect();
        Framing framing = target.framing(upstream);
        if (upstream != asked.front()) {
            EventWriter writer = asked.front().dialect().eventWriter(answerHead(), asked.meaning());
            return new TranslatedStream(dialect.eventReader(), writer, observer, framing.reader(most, held));
        }
        if (upstream.hasChoices()) {
            return new Relay(observer, alias(), asked.head().includeUsage(), most, held);
        }
        Reframing reframing = asked.framing() == framing ? null : new Reframing(asked.framing());
        return new EventRelay(dialect.eventReader(), observer, alias(), framing.reader(most, held), reframing);
    }

    private WholeAnswer.Reading wholeReading() {
        Asked asked = exchange.asked();
        if (upstream != asked.front()) {
            return Readings.translated(upstream, observer, asked, answerHead(), this::deliver);
        }
        return upstream.hasChoices()
                ? Readings.completion(loopState().completions(), observer, alias(), this::deliver)
                : Readings.same(upstream, observer, alias(), this::deliver);
    }

    private WholeAnswer.Reading eventsReading() {
        Asked asked = exchange.asked();
        if (upstream == Front.CHAT && asked.front() == Front.CHAT) {
            boolean showUsage = asked.head().includeUsage();
            return Readings.completionAsEvents(
                    loopState().completions(), observer, alias(), showUsage, this::deliverAsStream);
        }
        return Readings.translatedToEvents(upstream, observer, asked, answerHead(), this::deliverAsStream);
    }

    private AnswerHead answerHead() {
        return exchange.asked().answerHead(upstream, caller().requestId(), alias());
    }

    /** What of its stream is out. */
    SoFar soFar() {
        return answer instanceof StreamAnswer stream ? stream.soFar() : SoFar.NOTHING;
    }

    /** A whole answer that this gateway put together from a stream. */
    private void deliverWritten(ChatResponse response) {
        Asked asked = exchange.asked();
        deliver(
                upstream == Front.CHAT && asked.front() == Front.CHAT
                        ? CompletionWriter.completion(response, alias())
                        : asked.front().dialect().writeAnswer(response, answerHead(), asked.meaning()));
    }

    private void deliver(byte[] json) {
        deliver(json, 0, json.length, new Splices());
    }

    private void deliver(byte[] array, int offset, int length, Splices changes) {
        ByteBuf whole = caller().allocator().ioBuffer((int) changes.length(length));
        changes.write(array, offset, offset + length, whole::writeBytes);
        exchange.deliver(this, whole);
    }

    private void deliverAsStream(byte[] events) {
        ByteBuf stream = Unpooled.wrappedBuffer(events);
        exchange.deliverAsStream(this, continuation == null ? stream : continuation.splice(stream));
    }

    private void closeAnswer() {
        if (answer != null) {
            exchange.partial(this, observer);
            answer.close();
            answer = null;
        }
        if (continuation != null) {
            continuation.events().close();
        }
    }
}
