package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.gateway.config.Deployment;
import dev.thalweg.gateway.config.Settings;
import dev.thalweg.gateway.demo.DemoModel;
import dev.thalweg.gateway.demo.MockModel;
import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptFailure;
import dev.thalweg.gateway.upstream.AttemptListener;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
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

    /** What the provider says was used; null where it says nothing. */
    @Nullable
    Usage usage() {
        return observer.usage().orElse(null);
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
                && observer.finishReason().filter("content_filter"::equals).isPresent()
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
        exchange.upstreamRequestId(headers.get("x-request-id"));
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

    /** Whatever goes wrong in reading an answer ends its exchange: a caller is never left waiting. */
    private void unreadable(Throwable bug) {
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
        attempt = attempt(fresh);
        attempt.start();
    }

    private Attempt attempt(boolean fresh) {
        Deployment deployment = target.deployment();
        RequestHead request = exchange.request();
        ByteBuf body = exchange.body();
        if (deployment.mockResponse() != null) {
            return MockModel.attempt(exchange.loop(), request, deployment.mockResponse(), deployment.mockDelay(), this);
        }
        if (deployment.kind() == Deployment.Kind.DEMO) {
            return DemoModel.attempt(exchange.loop(), request, body, this);
        }
        String model = target.upstreamModel(asked);
        String spoken = continuation == null ? null : continuation.spoken();
        return loopState()
                .pools()
                .attempt(
                        target.address(),
                        () -> target.request(model, UpstreamBody.of(request, body, deployment, model, spoken)),
                        fresh,
                        this);
    }

    private Answer answerFor(int status, HttpHeaders headers) {
        if (status < 200 || status >= 300) {
            return new ErrorAnswer(this, status, headers);
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            return new EncodedAnswer(this);
        }
        RequestHead request = exchange.request();
        Settings settings = exchange.settings();
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        int limit = settings.maxResponseBytes();
        if (!request.stream() && type.startsWith("text/event-stream")) {
            return new AssembledAnswer(this, observer, headers, settings, exchange.heldBytes());
        }
        if (!request.stream()) {
            return new WholeAnswer(this, observer, headers, limit, this::deliver);
        }
        if (type.startsWith("application/json")) {
            return new WholeAnswer(this, observer, headers, limit, this::deliverAsStream);
        }
        Relay relay =
                new Relay(observer, alias(), request.includeUsage(), settings.maxEventBytes(), exchange.heldBytes());
        return new StreamAnswer(this, observer, headers, relay);
    }

    /** A whole answer that this gateway put together. */
    void deliver(byte[] json) {
        deliver(json, 0, json.length, new Splices());
    }

    private void deliver(byte[] array, int offset, int length, Splices changes) {
        ByteBuf whole = caller().allocator().ioBuffer((int) changes.length(length));
        changes.write(array, offset, offset + length, whole::writeBytes);
        exchange.deliver(this, whole);
    }

    private void deliverAsStream(byte[] array, int offset, int length, Splices changes) {
        EventCollector collector = new EventCollector();
        new ResponseReader().read(array, offset, length, collector);
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        byte[] events = CompletionWriter.events(
                assembler.complete(), alias(), exchange.request().includeUsage());
        ByteBuf stream = Unpooled.wrappedBuffer(events);
        exchange.deliverAsStream(this, continuation == null ? stream : continuation.splice(stream));
    }

    private void closeAnswer() {
        if (answer != null) {
            exchange.partial(observer);
            answer.close();
            answer = null;
        }
        if (continuation != null) {
            continuation.events().close();
        }
    }
}
