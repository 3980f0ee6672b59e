package dev.thalweg.gateway.chat;

import dev.thalweg.config.Hedging;
import dev.thalweg.config.Settings;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.responses.CancelledResponse;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.RoutePlan;
import dev.thalweg.core.route.RouteRequest;
import dev.thalweg.core.route.Step;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.SpokenText;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.gateway.record.RequestRecord;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One chat request from its body to its end. It follows its {@link RoutePlan} from call to call, holds the head back while
 * another one is possible, keeps the clocks, and ends exactly once: complete, as an error status, as an error event, or
 * because the caller left.
 *
 * <p>Lives on the caller's event loop, with the upstream's connection beside it; nothing of it is called from elsewhere
 * but {@link #shutDown()} and {@link #cancel}.
 *
 * <p>It is long because plan, calls, clocks and the caller's connection meet here, and nowhere else: what each of them knows
 * alone is in a class of its own.
 */
public final class ChatExchange implements ExchangeClock.Listener {
    private final ChatService service;
    private final LoopState loopState;
    private final EventLoop loop;
    private final Caller caller;
    private final ModelTable.Group group;
    private final Asked asked;
    private final RequestRecord record;
    private final RoutePlan<Target> plan;
    private final ExchangeClock clock;
    private final Account account;
    private final @Nullable SpokenText spoken;

    private @Nullable UpstreamCall call;
    private @Nullable UpstreamCall rival;
    private @Nullable Failure lastFailure;
    private SoFar soFar = SoFar.NOTHING;
    private @Nullable ResponseKey responseKey;
    private @Nullable Future<?> wait;
    private @Nullable Object queued;
    private boolean headSent;
    private boolean committed;
    private boolean ended;
    private boolean paused;
    private boolean wrote;

    /** An exchange for this request, which it owns. */
    public ChatExchange(
            ChatService service,
            LoopState loopState,
            EventLoop loop,
            Caller caller,
            ModelTable.Group group,
            RouteRequest routing,
            Asked asked,
            RequestRecord record) {
        this.service = service;
        this.loopState = loopState;
        this.loop = loop;
        this.caller = caller;
        this.group = group;
        this.asked = asked;
        RequestHead request = asked.head();
        this.record = record;
        this.plan = group.plan(request.model(), routing, service.routeEvents(), asked.errand());
        Settings settings = group.settings();
        this.spoken = settings.routing().continueStreams()
                        && asked.front() == Front.CHAT
                        && request.stream()
                        && !request.has("n")
                ? new SpokenText(service.heldBytes())
                : null;
        this.account = new Account(caller.requestId(), settings.litellmHeaders());
        Duration keepAlive = request.stream() ? settings.keepAliveInterval() : Duration.ZERO;
        this.clock = new ExchangeClock(loop, this, firstLimits(), keepAlive, settings.firstContentWait());
    }

    /** The whole request's time is that of the deployment that is configured first. */
    private Limits firstLimits() {
        return group.routing().members().get(0).target().limits(asked.stream());
    }

    /** Begins. */
    public void start() {
        service.began(this);
        follow(plan.begin(Alarm.now(), random()));
    }

    // What calls ask.

    Caller caller() {
        return caller;
    }

    LoopState loopState() {
        return loopState;
    }

    EventLoop loop() {
        return loop;
    }

    Asked asked() {
        return asked;
    }

    Settings settings() {
        return group.settings();
    }

    HeldBytes heldBytes() {
        return service.heldBytes();
    }

    String alias() {
        return asked.head().model();
    }

    boolean committed() {
        return committed;
    }

    /** Whether the caller takes nothing more for now. */
    boolean paused() {
        return paused;
    }

    /** Where the text is kept for another deployment to go on from; null: nowhere. */
    @Nullable
    SpokenText spoken() {
        return spoken;
    }

    /** Whether the answer may still come from elsewhere. */
    boolean mayRetry() {
        return !committed
                && (rival != null
                        || clock.mayHedge()
                        || plan.mayGoOn(Alarm.now())
                        || standsIn(FailureClass.CONTENT_POLICY));
    }

    /** Whether there is a group that stands in after a failure of this class. */
    boolean standsIn(FailureClass failure) {
        return !committed && plan.standsIn(failure);
    }

    /** The clocks of this call: those of the first watch over a second one beside it. */
    CallClock clock(UpstreamCall of) {
        return of == rival ? CallClock.NONE : clock;
    }

    // What calls tell.

    void upstreamRequestId(@Nullable String id) {
        record.upstreamRequestId(id);
    }

    void partial(UpstreamCall from, StreamObserver observer) {
        record.partial(from.number(), observer);
    }

    /** An event has come from the upstream; a comment is one without data. */
    void sawEvent(UpstreamCall from, boolean data, boolean content) {
        if (rival != null && content) {
            decide(from);
        } else if (from == rival) {
            return;
        }
        if (content) {
            // Before it the first token's clock runs: whoever is slow to begin and the last one left is waited for.
            clock.start(Clock.IDLE);
        }
        if (data) {
            record.firstEvent(clock.elapsed());
            if (!committed) {
                clock.gateHolds();
            }
        }
        if (content) {
            clock.stop(Clock.FIRST_TOKEN);
            clock.noFailover();
            plan.firstToken(Alarm.now());
            record.firstToken(clock.elapsed());
        }
    }

    /** Sends the head, and what waited behind it. From here on no other call can answer. */
    void commit(UpstreamCall from) {
        decide(from);
        committed = true;
        clock.gateIsOpen();
        clock.noFailover();
        showResponse(from);
        sendHead();
        from.openGate();
        caller.flush();
        clock.wrote();
    }

    /** Before a caller reads the id of his response it can be found by it. */
    private void showResponse(@Nullable UpstreamCall from) {
        if (responseKey == null && from != null && asked.front() == Front.RESPONSES) {
            String id = from.soFar().responseId();
            if (!id.isEmpty()) {
                ResponseKey key = asked.responseKey(id);
                responseKey = key;
                service.runningResponses().add(key, this);
            }
        }
    }

    private void sendHead() {
        account.warnings(asked.warnings());
        if (!headSent) {
            headSent = true;
            HttpHeaders headers = new DefaultHttpHeaders();
            account.write(headers, clock.elapsed(), Alarm.now());
            caller.beginStream(asked.framing(), headers);
        }
    }

    /** Writes a piece of the stream, whose ownership goes with it. */
    void write(ByteBuf piece) {
        wrote = true;
        caller.write(piece);
    }

    /** All that was there to read has been read. */
    void readComplete() {
        if (committed && !ended) {
            showResponse(call);
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

    /** The stream is complete and all of it is written. */
    void complete(UpstreamCall from) {
        wentWell(from);
        settle(StreamEnd.COMPLETE, 200, null);
        endStream();
    }

    private void endStream() {
        if (asked.front().takesComments(asked.framing())) {
            caller.write(Unpooled.wrappedBuffer(account.comment(clock.elapsed(), Alarm.now())));
        }
        caller.endStream();
    }

    /** The last bytes of a stream: what it ends in may be come back to. */
    void ends(ByteBuf last) {
        if (asked.front() == Front.RESPONSES) {
            asked.keep(service.responses(), ResponseStore.lastResponse(ByteBufUtil.getBytes(last)));
        }
    }

    /** A whole answer for the caller. */
    void deliver(UpstreamCall from, ByteBuf whole) {
        if (asked.front() == Front.RESPONSES) {
            asked.keep(service.responses(), ByteBufUtil.getBytes(whole));
        }
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        record.firstToken(clock.elapsed());
        wentWell(from);
        account.warnings(asked.warnings());
        account.write(headers, clock.elapsed(), Alarm.now());
        if (asked.errand() != null) {
            asked.errand().describe(headers);
        }
        settle(StreamEnd.COMPLETE, 200, null);
        caller.answer(200, headers, whole);
    }

    /** A whole answer as the events of a stream. */
    void deliverAsStream(UpstreamCall from, ByteBuf events) {
        record.firstToken(clock.elapsed());
        if (!committed) {
            commit(from);
        }
        ends(events);
        caller.write(events);
        complete(from);
    }

    private void wentWell(UpstreamCall from) {
        plan.succeeded(Alarm.now(), from.tokens());
        from.release();
        account.cost(record.cost());
        call = null;
    }

    /** The call failed: goes on elsewhere, or tells the caller. */
    void failed(UpstreamCall from, Failure failure) {
        if (ended) {
            return;
        }
        record.attemptFailed(from.number(), failure.end(), failure.code());
        if (rival != null) {
            oneRemains(from, failure);
            return;
        }
        boolean stops = committed && !mayContinue(from, failure);
        closeCall();
        Failure shown = failure.hiding(from.target().address().host());
        lastFailure = lastFailure == null || failure.concernsCaller() ? shown : lastFailure;
        long now = Alarm.now();
        account.answered(now);
        account.failed(from.target().deployment().id(), failure);
        if (committed && !stops) {
            record.goesOn(asked.body());
        }
        if (stops) {
            plan.failedForGood(failure.routeClass(), failure.retryAfter(), now);
            tell(lastFailure);
        } else {
            follow(plan.failed(failure.routeClass(), failure.retryAfter(), now, clock.left(), random()));
        }
    }

    // What the caller's connection tells.

    /** The caller closed his connection. */
    public void callerGone() {
        if (!ended) {
            closeCall();
            plan.abandoned();
            settle(StreamEnd.CALLER_GONE, headSent ? 200 : 499, null);
        }
    }

    /** The caller takes more again, or does not. */
    public void callerWritable(boolean writable) {
        if (ended || paused != writable) {
            return;
        }
        paused = !writable;
        if (call != null) {
            call.reading(writable);
        }
        clock.callerTakes(writable);
    }

    /** The process stops and waits no longer. Called from any thread. */
    void shutDown() {
        loop.execute(() -> {
            if (!ended) {
                closeCall();
                plan.abandoned();
                tell(Failure.of(StreamEnd.SHUTDOWN, "This gateway is shutting down; send the request again."));
            }
        });
    }

    /**
     * Cancels the response that is being streamed. Called from any thread.
     *
     * @param told gets the response object, on this exchange's loop; null where it had ended
     */
    void cancel(Consumer<byte @Nullable []> told) {
        loop.execute(() -> told.accept(ended ? null : cancelled()));
    }

    private byte[] cancelled() {
        closeCall();
        plan.abandoned();
        CancelledResponse end = asked.cancelled(soFar, caller.requestId(), alias());
        asked.keep(service.responses(), end.response());
        settle(StreamEnd.CALLER_GONE, 200, null);
        caller.write(Unpooled.wrappedBuffer(end.events()));
        endStream();
        return end.response();
    }

    // The plan.

    private void follow(Step<Target> step) {
        if (step instanceof Step.Wait || step instanceof Step.Queue) {
            account.waits(Alarm.now());
        }
        switch (step) {
            case Step.Attempt<Target> attempt -> open(attempt);
            case Step.Wait<Target> pause ->
                wait = loop.schedule(this::resume, pause.time().toNanos(), TimeUnit.NANOSECONDS);
            case Step.Queue<Target> queue -> queue(queue);
            case Step.Stop<Target> stop -> tell(lastFailure != null ? lastFailure : Failure.unserved(stop));
        }
    }

    private void open(Step.Attempt<Target> attempt) {
        Target target = attempt.member().target();
        long now = Alarm.now();
        account.attempt(attempt.member(), attempt.group().name(), plan.fallbacks(), now);
        Duration failover = plan.hasAlternative(now) ? failoverLimit(target) : Duration.ZERO;
        clock.attemptBegins(target.limits(asked.stream()), failover, hedgeDelay(attempt));
        UpstreamCall next = newCall(attempt);
        call = next;
        record.attemptServes(next.number());
        next.start();
    }

    private UpstreamCall newCall(Step.Attempt<Target> attempt) {
        Target target = attempt.member().target();
        if (spoken != null) {
            spoken.attempt(!committed);
        }
        String name = attempt.group().name();
        int number = record.attempt(target.deployment(), target.prices(target.upstreamModel(name)));
        return new UpstreamCall(this, target, name, number, committed ? continuation(attempt) : null);
    }

    /** Whether another deployment can go on where this one broke off. */
    private boolean mayContinue(UpstreamCall from, Failure failure) {
        return spoken != null
                && spoken.text().isPresent()
                && failure.routeClass().again() == FailureClass.Again.ANYWHERE
                && !from.insideEvent();
    }

    private @Nullable Continuation continuation(Step.Attempt<Target> attempt) {
        Usage before = record.carried();
        return spoken == null || before == null
                ? null
                : Continuation.of(spoken, before, attempt.member(), settings().maxEventBytes(), service.heldBytes());
    }

    /** After how long a second deployment is asked beside this one; zero: never. */
    private Duration hedgeDelay(Step.Attempt<Target> attempt) {
        Hedging hedging = group.settings().routing().hedging();
        if (!hedging.enabled() || !asked.stream() || committed) {
            return Duration.ZERO;
        }
        return hedging.delay() != null
                ? hedging.delay()
                : Duration.ofNanos(attempt.group().state().firstTokenP95());
    }

    @Override
    public void hedge() {
        Step.Attempt<Target> second = call == null ? null : plan.hedge(Alarm.now(), random());
        if (second != null) {
            account.second();
            UpstreamCall next = newCall(second);
            rival = next;
            next.start();
        }
    }

    /** Of two calls side by side this one serves; the other is let go. */
    private void decide(UpstreamCall winner) {
        UpstreamCall second = rival;
        if (second == null) {
            return;
        }
        UpstreamCall loser = winner == second ? call : second;
        rival = null;
        if (winner == second) {
            plan.hedgeWon(Alarm.now());
            takeOver(winner);
        } else {
            plan.hedgeLost();
        }
        if (loser != null) {
            record.attemptLost(loser.number());
            loser.cancel();
        }
    }

    /** One of two calls side by side failed: the other one goes on. */
    private void oneRemains(UpstreamCall failed, Failure failure) {
        UpstreamCall second = rival;
        rival = null;
        if (failed == second) {
            plan.hedgeFailed(failure.routeClass(), failure.retryAfter(), Alarm.now());
        } else if (second != null) {
            plan.hedgeRemains(failure.routeClass(), failure.retryAfter(), Alarm.now());
            takeOver(second);
        }
        failed.cancel();
    }

    /** The second call is the one from here on, with clocks of its own. */
    private void takeOver(UpstreamCall second) {
        call = second;
        account.servedBy(plan.member());
        record.attemptServes(second.number());
        clock.attemptOver();
        clock.attemptBegins(second.target().limits(asked.stream()), Duration.ZERO, Duration.ZERO);
    }

    private Duration failoverLimit(Target target) {
        return asked.stream() ? target.failover() : Duration.ZERO;
    }

    private void resume() {
        leaveQueue();
        follow(plan.resume(Alarm.now(), random()));
    }

    /** Waits until a deployment has room; who makes it tells, from any loop. */
    private void queue(Step.Queue<Target> queue) {
        Object turn = new Object();
        queued = turn;
        boolean joined = plan.queue(() -> loop.execute(() -> called(turn)), Alarm.now());
        if (joined) {
            wait = loop.schedule(this::queueTimeout, queue.most().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            queueTimeout();
        }
    }

    private void called(Object turn) {
        if (!ended && queued == turn) {
            resume();
        }
    }

    private void queueTimeout() {
        leaveQueue();
        follow(plan.queueTimeout(Alarm.now(), random()));
    }

    private void leaveQueue() {
        queued = null;
        if (wait != null) {
            wait.cancel(false);
            wait = null;
        }
    }

    private static ThreadLocalRandom random() {
        return ThreadLocalRandom.current();
    }

    private void closeCall() {
        leaveQueue();
        if (rival != null) {
            rival.cancel();
            rival = null;
        }
        if (call != null) {
            boolean torn = committed && call.insideEvent();
            soFar = committed ? call.soFar() : SoFar.NOTHING;
            call.cancel();
            call = null;
            if (torn) {
                caller.write(Unpooled.wrappedBuffer(Bytes.utf8("\n\n")));
            }
        }
        clock.attemptOver();
    }

    // What the clock tells.

    @Override
    public void expired(Clock which, Duration limit) {
        if (call != null) {
            failed(call, Failure.of(which, limit));
        } else {
            // Nothing was under way: it waited for a deployment.
            leaveQueue();
            tell(lastFailure != null ? lastFailure : Failure.of(which, limit));
        }
    }

    @Override
    public void failOver(Duration limit) {
        if (call != null && plan.hasAlternative(Alarm.now())) {
            failed(call, Failure.of(Clock.FIRST_TOKEN, limit));
        }
    }

    @Override
    public void callerStuck() {
        caller.close();
    }

    @Override
    public void openGate() {
        if (call != null) {
            commit(call);
        }
    }

    @Override
    public void keepAlive() {
        // The status is out then; who answers is still open.
        sendHead();
        boolean between = call == null || !call.insideEvent();
        if (between && caller.writable()) {
            caller.write(Unpooled.wrappedBuffer(asked.front().keepAlive(committed, asked.framing())));
            caller.flush();
        }
        clock.wrote();
    }

    // The end.

    private void tell(Failure failure) {
        ErrorReply reply = new ErrorReply(asked.front(), failure, caller.requestId(), account.failures());
        settle(failure.end(), headSent ? 200 : failure.status(), failure);
        if (headSent) {
            caller.write(reply.event(soFar, asked.framing()));
            endStream();
        } else {
            HttpHeaders headers = reply.headers(account.attempts() > 1);
            account.write(headers, clock.elapsed(), Alarm.now());
            caller.answer(failure.status(), headers, reply.body());
        }
    }

    /** Keeps the record. Before the last bytes go out, so that who has the answer finds it counted. */
    private void settle(StreamEnd end, int status, @Nullable Failure failure) {
        ended = true;
        leaveQueue();
        clock.stop();
        if (spoken != null) {
            spoken.close();
        }
        record.requestBody(asked.body());
        asked.release();
        if (responseKey != null) {
            service.runningResponses().remove(responseKey, this);
        }
        service.ended(this);
        service.recorder().ended(record, end, status, failure == null ? null : failure.code(), clock.elapsed());
    }
}
