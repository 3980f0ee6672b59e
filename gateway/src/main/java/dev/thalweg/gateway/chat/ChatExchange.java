package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.dialect.openai.Relay;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.route.RetryPolicy;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.gateway.config.Deployment;
import dev.thalweg.gateway.config.Settings;
import dev.thalweg.gateway.demo.DemoModel;
import dev.thalweg.gateway.demo.MockModel;
import dev.thalweg.gateway.record.RequestRecord;
import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptFailure;
import dev.thalweg.gateway.upstream.AttemptListener;
import dev.thalweg.model.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One chat request from its body to its end. It opens attempts, holds the head back while another one is possible, keeps
 * the clocks, and ends exactly once: complete, as an error status, as an error event, or because the caller left.
 *
 * <p>Lives on the caller's event loop, with the upstream's connection beside it; nothing of it is called from elsewhere
 * but {@link #shutDown()}.
 */
public final class ChatExchange implements AttemptListener, ExchangeClock.Listener {
    private static final System.Logger LOG = System.getLogger(ChatExchange.class.getName());
    private static final byte[] KEEP_ALIVE = Bytes.utf8(": keep-alive\n\n");

    private final ChatService service;
    private final LoopState loopState;
    private final EventLoop loop;
    private final Caller caller;
    private final ModelTable.Group group;
    private final RequestHead request;
    private final ByteBuf body;
    private final RequestRecord record;
    private final RetryPolicy retries;
    private final ExchangeClock clock;

    private Target target;
    private int attempts;
    private boolean staleRetried;
    private @Nullable Attempt attempt;
    private @Nullable Answer answer;
    private StreamObserver observer;
    private boolean committed;
    private boolean ended;
    private boolean paused;
    private boolean wrote;
    private @Nullable Future<?> nextAttempt;

    /** An exchange for this request; owns the body. */
    public ChatExchange(
            ChatService service,
            LoopState loopState,
            EventLoop loop,
            Caller caller,
            ModelTable.Group group,
            RequestHead request,
            ByteBuf body,
            RequestRecord record) {
        this.service = service;
        this.loopState = loopState;
        this.loop = loop;
        this.caller = caller;
        this.group = group;
        this.request = request;
        this.body = body;
        this.record = record;
        this.target = pick();
        this.observer = newObserver();
        Settings settings = group.settings();
        this.retries = target.retries();
        Duration keepAlive = request.stream() ? settings.keepAliveInterval() : Duration.ZERO;
        this.clock = new ExchangeClock(loop, this, limits(), keepAlive, settings.firstContentWait());
    }

    /** Begins. */
    public void start() {
        service.began(this);
        tryOnce(false);
    }

    // What answers ask and tell.

    Caller caller() {
        return caller;
    }

    LoopState loopState() {
        return loopState;
    }

    String alias() {
        return request.model();
    }

    boolean committed() {
        return committed;
    }

    /** Whether another attempt would still be possible. */
    boolean mayRetry() {
        return !committed && retries.allowsMoreThan(attempts);
    }

    /** An event has come from the upstream; a comment is one without data. */
    void sawEvent(boolean data, boolean content) {
        clock.start(Clock.IDLE);
        if (data) {
            record.firstEvent(clock.elapsed());
            if (!committed) {
                clock.gateHolds();
            }
        }
        if (content) {
            clock.stop(Clock.FIRST_TOKEN);
            record.firstToken(clock.elapsed());
        }
    }

    /** Sends the head, and what waited behind it. From here on there is no other attempt. */
    void commit() {
        committed = true;
        clock.gateIsOpen();
        caller.beginStream();
        if (answer instanceof StreamAnswer stream) {
            stream.openGate();
        }
        caller.flush();
        clock.wrote();
    }

    /** Writes a piece of the stream, whose ownership goes with it. */
    void write(ByteBuf piece) {
        wrote = true;
        caller.write(piece);
    }

    /** The stream is complete and all of it is written. */
    void complete() {
        if (attempt != null) {
            attempt.release();
        }
        settle(StreamEnd.COMPLETE, 200, null);
        caller.endStream();
    }

    /** The attempt failed: tries again, or tells the caller. */
    void fail(Failure failure) {
        if (ended) {
            return;
        }
        closeAttempt();
        record.attemptFailed(failure.end(), failure.code());
        Optional<Duration> wait = committed
                ? Optional.empty()
                : retries.next(
                        attempts,
                        failure.mayRetry(),
                        // Another deployment has not asked for anything.
                        group.targets().size() > 1 ? null : failure.retryAfter(),
                        clock.left(),
                        ThreadLocalRandom.current().nextDouble());
        if (wait.isPresent()) {
            nextAttempt = loop.schedule(() -> tryOnce(false), wait.get().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            tell(failure);
        }
    }

    // What the caller's connection tells.

    /** The caller closed his connection. */
    public void callerGone() {
        if (!ended) {
            closeAttempt();
            settle(StreamEnd.CALLER_GONE, committed ? 200 : 499, null);
        }
    }

    /** The caller takes more again, or does not. */
    public void callerWritable(boolean writable) {
        if (ended || paused != writable) {
            return;
        }
        paused = !writable;
        if (attempt != null) {
            attempt.reading(writable);
        }
        clock.callerTakes(writable);
    }

    /** The process stops and waits no longer. Called from any thread. */
    void shutDown() {
        loop.execute(() -> {
            if (!ended) {
                closeAttempt();
                tell(Failure.of(StreamEnd.SHUTDOWN, "This gateway is shutting down; send the request again."));
            }
        });
    }

    // What the attempt tells.

    @Override
    public void onWaitingForConnection() {
        clock.start(Clock.POOL);
    }

    @Override
    public void onConnecting() {
        clock.stop(Clock.POOL);
        clock.start(Clock.CONNECT);
    }

    @Override
    public void onSent() {
        clock.stop(Clock.POOL);
        clock.stop(Clock.CONNECT);
        clock.start(Clock.FIRST_BYTE);
    }

    @Override
    public void onHead(int status, HttpHeaders headers) {
        clock.stop(Clock.FIRST_BYTE);
        record.upstreamRequestId(headers.get("x-request-id"));
        answer = answerFor(status, headers);
        clock.start(Clock.IDLE);
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
        if (committed && !ended) {
            caller.flush();
            if (wrote) {
                wrote = false;
                clock.wrote();
            }
            if (!caller.writable()) {
                callerWritable(false);
            }
        }
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
                closeAttempt();
                if (staleRetried) {
                    fail(Failure.unreachable("The provider keeps closing its connections without an answer."));
                } else {
                    // It was closed while it lay in the pool: nothing was asked yet, so this is no attempt.
                    staleRetried = true;
                    attempts--;
                    tryOnce(true);
                }
            }
            case NOT_HTTP -> fail(Failure.of(StreamEnd.PROTOCOL_ERROR, failure.message()));
            case UNREACHABLE, CLOSED -> fail(Failure.unreachable(failure.message()));
        }
    }

    // Attempts.

    private void tryOnce(boolean fresh) {
        nextAttempt = null;
        if (attempts > 0 && !fresh) {
            target = pick();
        }
        attempts++;
        observer = newObserver();
        record.attempt(target.deployment());
        clock.attemptBegins(limits());
        attempt = open(fresh);
        attempt.start();
    }

    private Attempt open(boolean fresh) {
        Deployment deployment = target.deployment();
        if (deployment.mockResponse() != null) {
            return MockModel.attempt(loop, request, deployment.mockResponse(), deployment.mockDelay(), this);
        }
        if (deployment.kind() == Deployment.Kind.DEMO) {
            return DemoModel.attempt(loop, request, body, this);
        }
        String model = target.upstreamModel(request.model());
        return loopState
                .pools()
                .attempt(
                        target.address(),
                        () -> target.request(model, UpstreamBody.of(request, body, target.deployment(), model)),
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
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        int limit = group.settings().maxResponseBytes();
        if (!request.stream() && type.startsWith("text/event-stream")) {
            return new AssembledAnswer(this, observer, headers, group.settings(), service.heldBytes());
        }
        if (!request.stream()) {
            return new WholeAnswer(this, observer, headers, limit, this::deliver);
        }
        if (type.startsWith("application/json")) {
            return new WholeAnswer(this, observer, headers, limit, this::deliverAsStream);
        }
        int longest = group.settings().maxEventBytes();
        Relay relay = new Relay(observer, alias(), request.includeUsage(), longest, service.heldBytes());
        return new StreamAnswer(this, observer, headers, relay);
    }

    /** A whole answer that this gateway put together. */
    void deliver(byte[] json) {
        if (attempt != null) {
            attempt.release();
        }
        deliver(json, 0, json.length, new Splices());
    }

    private void deliver(byte[] array, int offset, int length, Splices changes) {
        ByteBuf whole = caller.allocator().ioBuffer((int) changes.length(length));
        changes.write(array, offset, offset + length, whole::writeBytes);
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        record.firstToken(clock.elapsed());
        settle(StreamEnd.COMPLETE, 200, null);
        caller.answer(200, headers, whole);
    }

    private void deliverAsStream(byte[] array, int offset, int length, Splices changes) {
        EventCollector collector = new EventCollector();
        new ResponseReader().read(array, offset, length, collector);
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        byte[] events = CompletionWriter.events(assembler.complete(), alias(), request.includeUsage());
        record.firstToken(clock.elapsed());
        if (!committed) {
            commit();
        }
        caller.write(Unpooled.wrappedBuffer(events));
        complete();
    }

    private void closeAttempt() {
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
        if (answer != null) {
            record.partial(observer);
            if (answer instanceof StreamAnswer stream && stream.insideEvent() && committed) {
                caller.write(Unpooled.wrappedBuffer(Bytes.utf8("\n\n")));
            }
            answer.close();
            answer = null;
        }
        clock.attemptOver();
    }

    /** By chance among the group; another one than last time where there is another. */
    private Target pick() {
        List<Target> targets = group.targets();
        if (targets.size() == 1) {
            return targets.get(0);
        }
        int index = ThreadLocalRandom.current().nextInt(targets.size());
        return targets.get(index) == target ? targets.get((index + 1) % targets.size()) : targets.get(index);
    }

    private StreamObserver newObserver() {
        return new StreamObserver(group.settings().loopLimits());
    }

    private Limits limits() {
        return target.limits(request.stream());
    }

    // What the clock tells.

    @Override
    public void expired(Clock which, Duration limit) {
        fail(Failure.of(which, limit));
    }

    @Override
    public void callerStuck() {
        caller.close();
    }

    @Override
    public void openGate() {
        commit();
    }

    @Override
    public void keepAlive() {
        if (!committed) {
            commit();
        }
        boolean between = !(answer instanceof StreamAnswer stream) || !stream.insideEvent();
        if (between && caller.writable()) {
            caller.write(Unpooled.wrappedBuffer(KEEP_ALIVE));
            caller.flush();
        }
        clock.wrote();
    }

    // The end.

    private void tell(Failure failure) {
        ErrorReply reply = new ErrorReply(failure, target.address().host(), caller.requestId());
        settle(failure.end(), committed ? 200 : failure.status(), failure);
        if (committed) {
            caller.write(reply.event());
            caller.endStream();
        } else {
            caller.answer(failure.status(), reply.headers(attempts > 1), reply.body());
        }
    }

    /** Keeps the record. Before the last bytes go out, so that who has the answer finds it counted. */
    private void settle(StreamEnd end, int status, @Nullable Failure failure) {
        ended = true;
        if (answer != null) {
            record.partial(observer);
            answer.close();
            answer = null;
        }
        clock.stop();
        record.requestBody(body);
        body.release();
        service.ended(this);
        service.recorder().ended(record, end, status, failure == null ? null : failure.code(), clock.elapsed());
    }
}
