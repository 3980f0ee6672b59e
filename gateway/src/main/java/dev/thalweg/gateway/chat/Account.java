package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.Dialect.CallerError.Attempt;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Cost;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request was served, for whoever sent it: by whom, after how many attempts, at what price, and how much of the time
 * was this gateway's own. Belongs to its exchange.
 */
final class Account {
    private static final AsciiString WARNINGS = AsciiString.cached("x-thalweg-warnings");
    private static final AsciiString CALL_ID = AsciiString.cached("x-thalweg-call-id");
    private static final AsciiString ATTEMPTS = AsciiString.cached("x-thalweg-attempts");
    private static final AsciiString FALLBACKS = AsciiString.cached("x-thalweg-fallbacks");
    private static final AsciiString DEPLOYMENT = AsciiString.cached("x-thalweg-deployment");
    private static final AsciiString MODEL_GROUP = AsciiString.cached("x-thalweg-model-group");
    private static final AsciiString COST = AsciiString.cached("x-thalweg-cost");
    private static final AsciiString SERVER_TIMING = AsciiString.cached("server-timing");

    /** The usual numbers, once. */
    private static final String[] DIGITS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    private final String callId;
    private final boolean litellm;
    private @Nullable Member<Target> member;
    private String group = "";
    private int attempts;
    private int fallbacks;
    private long attemptBegan = -1;
    private long upstreamNanos;
    private long waitBegan = -1;
    private long waitNanos;
    private @Nullable String cost;
    private Warnings warnings = new Warnings();
    private final List<Attempt> failures = new ArrayList<>(0);

    /**
     * An account of nothing yet.
     *
     * @param litellm whether LiteLLM's headers are written, too
     */
    Account(String callId, boolean litellm) {
        this.callId = callId;
        this.litellm = litellm;
    }

    int attempts() {
        return attempts;
    }

    /** An attempt begins. */
    void attempt(Member<Target> at, String inGroup, int afterFallbacks, long now) {
        waited(now);
        member = at;
        group = inGroup;
        fallbacks = afterFallbacks;
        attempts++;
        attemptBegan = now;
    }

    /** A second attempt begins beside the first. */
    void second() {
        attempts++;
    }

    /** This one serves instead of the one that was asked first. */
    void servedBy(@Nullable Member<Target> other) {
        member = other == null ? member : other;
    }

    /** The attempt has failed, or begun to answer. */
    void answered(long now) {
        if (attemptBegan >= 0) {
            upstreamNanos += now - attemptBegan;
            attemptBegan = -1;
        }
    }

    /** The attempt at this deployment has failed. */
    void failed(String deployment, Failure how) {
        failures.add(new Attempt(deployment, how.status(), how.code()));
    }

    /** Every failed attempt where there was more than one: with one there is only what the error says anyway. */
    List<Attempt> failures() {
        return attempts > 1 ? failures : List.of();
    }

    /** What could not be said in the upstream's protocol. */
    void warnings(Warnings all) {
        warnings = all;
    }

    /** The request waits: for the next attempt, or for room. */
    void waits(long now) {
        waitBegan = now;
    }

    private void waited(long now) {
        if (waitBegan >= 0) {
            waitNanos += now - waitBegan;
            waitBegan = -1;
        }
    }

    /** What all attempts cost together. */
    void cost(Cost all) {
        cost = all.digits().orElse(null);
    }

    /** In US dollars; null where it is not known. */
    @Nullable
    String cost() {
        return cost;
    }

    /** Adds what is known now. */
    void write(HttpHeaders headers, long elapsed, long now) {
        answered(now);
        waited(now);
        headers.set(CALL_ID, callId);
        headers.set(ATTEMPTS, digits(attempts));
        headers.set(FALLBACKS, digits(fallbacks));
        if (member != null) {
            headers.set(DEPLOYMENT, HeaderText.of(member.candidate().id()));
            headers.set(MODEL_GROUP, HeaderText.of(group));
        }
        String spent = cost();
        if (spent != null) {
            headers.set(COST, spent);
        }
        if (!warnings.isEmpty()) {
            headers.set(WARNINGS, HeaderText.words(String.join("; ", warnings.all())));
        }
        headers.set(SERVER_TIMING, timing(elapsed));
        if (litellm) {
            litellm(headers, spent);
        }
    }

    private void litellm(HttpHeaders headers, @Nullable String spent) {
        headers.set("x-litellm-call-id", callId);
        headers.set("x-litellm-attempted-retries", Integer.toString(Math.max(0, attempts - 1 - fallbacks)));
        headers.set("x-litellm-attempted-fallbacks", Integer.toString(fallbacks));
        if (member != null) {
            headers.set("x-litellm-model-id", HeaderText.of(member.candidate().id()));
            headers.set("x-litellm-model-group", HeaderText.of(group));
        }
        if (spent != null) {
            headers.set("x-litellm-response-cost", spent);
        }
    }

    /** What headers cannot say, because they go before the answer: the last comment of a stream. */
    byte[] comment(long elapsed, long now) {
        answered(now);
        StringBuilder text = new StringBuilder(128).append(": thalweg call-id=").append(callId);
        if (member != null) {
            text.append(" deployment=").append(HeaderText.of(member.candidate().id()));
        }
        text.append(" attempts=").append(attempts).append(" fallbacks=").append(fallbacks);
        if (cost() != null) {
            text.append(" cost=").append(cost());
        }
        millis(text.append(" duration="), elapsed);
        return Bytes.utf8(text.append("ms\n\n").toString());
    }

    private String timing(long elapsed) {
        StringBuilder timing = new StringBuilder(64).append("gateway;dur=");
        millis(timing, Math.max(0, elapsed - upstreamNanos - waitNanos));
        millis(timing.append(", upstream;dur="), upstreamNanos);
        if (waitNanos > 0) {
            millis(timing.append(", wait;dur="), waitNanos);
        }
        return timing.toString();
    }

    private static String digits(int number) {
        return number < DIGITS.length ? DIGITS[number] : Integer.toString(number);
    }

    private static void millis(StringBuilder text, long nanos) {
        long micros = nanos / 1000;
        long rest = micros % 1000;
        text.append(micros / 1000)
                .append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".")
                .append(rest);
    }
}
