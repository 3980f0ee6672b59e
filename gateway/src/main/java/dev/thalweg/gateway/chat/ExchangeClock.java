package dev.thalweg.gateway.chat;

import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.Clocks;
import io.netty.channel.EventLoop;
import java.time.Duration;

/**
 * Everything an exchange waits for: the attempt's clocks, the next keep-alive, the opening of the gate, a caller who
 * takes nothing. One timer serves them all. Lives on the exchange's event loop.
 */
final class ExchangeClock implements CallClock {
    private static final long CALLER_STUCK_NANOS = Duration.ofMinutes(2).toNanos();

    /** Who is told when a time has come. */
    interface Listener {
        /** This clock ran out after so long. */
        void expired(Clock clock, Duration limit);

        /** The caller has taken nothing for two minutes. */
        void callerStuck();

        /** The first event has waited long enough for content. */
        void openGate();

        /** The first token is later than another deployment's would be worth waiting for. */
        void failOver(Duration limit);

        /** The first token is late enough to ask a second deployment beside the first. */
        void hedge();

        /** Nothing was written for a while. */
        void keepAlive();
    }

    private final Listener listener;
    private final Alarm alarm;
    private final Clocks clocks = new Clocks();
    private final long startedAt = Alarm.now();
    private final long keepAliveNanos;
    private final long gateNanos;
    private final Duration total;
    private Duration failover = Duration.ZERO;
    private long failoverAt = Clocks.NEVER;
    private long hedgeAt = Clocks.NEVER;
    private Limits limits;
    private boolean callerTakes = true;
    private long keepAliveAt = Clocks.NEVER;
    private long gateOpensAt = Clocks.NEVER;
    private long callerStuckAt = Clocks.NEVER;

    /**
     * A clock that begins now.
     *
     * @param keepAlive between two keep-alives; zero for none
     * @param gate how long the gate stays closed after the first event
     */
    ExchangeClock(EventLoop loop, Listener listener, Limits limits, Duration keepAlive, Duration gate) {
        this.listener = listener;
        this.limits = limits;
        this.alarm = new Alarm(loop, this::tick);
        this.keepAliveNanos = keepAlive.toNanos();
        this.gateNanos = gate.toNanos();
        this.total = limits.of(Clock.TOTAL);
        clocks.start(Clock.TOTAL, startedAt, total.toNanos());
        if (keepAliveNanos > 0) {
            keepAliveAt = startedAt + keepAliveNanos;
        }
    }

    /** How long the exchange has lasted, in nanoseconds. */
    long elapsed() {
        return Alarm.now() - startedAt;
    }

    /** How much of the whole call's time is left, in nanoseconds. */
    long left() {
        return total.isZero() ? Long.MAX_VALUE : total.toNanos() - elapsed();
    }

    /**
     * An attempt begins, with limits of its own.
     *
     * @param failsOver after how long without a first token another deployment is worth a try; zero: never
     * @param hedges after how long without one a second deployment is asked, too; zero: never
     */
    void attemptBegins(Limits ofAttempt, Duration failsOver, Duration hedges) {
        limits = ofAttempt;
        failover = failsOver;
        failoverAt = failsOver.isZero() ? Clocks.NEVER : Alarm.now() + failsOver.toNanos();
        hedgeAt = hedges.isZero() ? Clocks.NEVER : Alarm.now() + hedges.toNanos();
        start(Clock.FIRST_TOKEN);
    }

    /** Whether a second deployment may still be asked beside the first. */
    boolean mayHedge() {
        return hedgeAt != Clocks.NEVER;
    }

    /** Content has come: nobody else is asked. */
    void noFailover() {
        failoverAt = Clocks.NEVER;
        hedgeAt = Clocks.NEVER;
    }

    /** The attempt is over: only the whole call's clock goes on. */
    void attemptOver() {
        gateOpensAt = Clocks.NEVER;
        noFailover();
        clocks.stopAttempt();
    }

    /** Starts one of the attempt's clocks. While the caller takes nothing the upstream is not read, and cannot be idle. */
    @Override
    public void start(Clock clock) {
        boolean rests = clock == Clock.IDLE && !callerTakes;
        clocks.start(clock, Alarm.now(), rests ? 0 : limits.of(clock).toNanos());
        watch();
    }

    @Override
    public void stop(Clock clock) {
        clocks.stop(clock);
    }

    /** The first event waits behind the gate. */
    void gateHolds() {
        if (gateOpensAt == Clocks.NEVER) {
            gateOpensAt = Alarm.now() + gateNanos;
            watch();
        }
    }

    /** The gate is open. */
    void gateIsOpen() {
        gateOpensAt = Clocks.NEVER;
    }

    /** Something was written: the next keep-alive can wait. */
    void wrote() {
        if (keepAliveAt != Clocks.NEVER) {
            keepAliveAt = Alarm.now() + keepAliveNanos;
        }
    }

    /** The caller takes more again, or does not. */
    void callerTakes(boolean takes) {
        callerTakes = takes;
        callerStuckAt = takes ? Clocks.NEVER : Alarm.now() + CALLER_STUCK_NANOS;
        start(Clock.IDLE);
    }

    /** The exchange is over. */
    void stop() {
        attemptOver();
        clocks.stop(Clock.TOTAL);
        keepAliveAt = Clocks.NEVER;
        callerStuckAt = Clocks.NEVER;
        alarm.stop();
    }

    private void watch() {
        alarm.ringBy(Math.min(
                Math.min(Math.min(clocks.next(), keepAliveAt), Math.min(gateOpensAt, callerStuckAt)),
                Math.min(failoverAt, hedgeAt)));
    }

    private void tick() {
        long now = Alarm.now();
        Clock expired = clocks.expired(now);
        if (expired != null) {
            listener.expired(expired, expired == Clock.TOTAL ? total : limits.of(expired));
        } else if (callerStuckAt <= now) {
            listener.callerStuck();
        } else if (hedgeAt <= now) {
            hedgeAt = Clocks.NEVER;
            listener.hedge();
        } else if (failoverAt <= now) {
            failoverAt = Clocks.NEVER;
            listener.failOver(failover);
        } else {
            if (gateOpensAt <= now) {
                listener.openGate();
            }
            if (keepAliveAt <= now) {
                listener.keepAlive();
            }
        }
        watch();
    }
}
