package dev.thalweg.gateway.record;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Cost;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one request: who asked for what, what was tried, how it ended, what it used. Never content. Filled on
 * the exchange's loop, then handed over and not changed any more.
 */
public final class RequestRecord implements LogLine {
    /** What an event loop can weigh in a millisecond or two; what is longer is taken to go on as it began. */
    private static final int LONGEST_WEIGHED = 512 * 1024;

    /** The outcome of an attempt that was let go. */
    static final String HEDGED_OUT = "hedged_out";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Instant time = Instant.now();
    private final String requestId;
    private final @Nullable String keyName;
    private final String model;
    private final boolean stream;
    private final List<AttemptRecord> tries = new ArrayList<>(1);
    private long firstEventNanos = -1;
    private long firstTokenNanos = -1;
    private long durationNanos;
    private long estimatedInputTokens;
    private long estimatedOutputTokens;
    private boolean contentSeen;
    private @Nullable Usage usage;
    private @Nullable Usage carried;
    private @Nullable String finishReason;
    private @Nullable String upstreamRequestId;
    private int served;
    private StreamEnd end = StreamEnd.COMPLETE;
    private Cost cost = Cost.NOTHING;
    private int status;
    private @Nullable String code;

    /**
     * A record of this request.
     *
     * @param keyName the caller's key by its name; null where none is needed
     * @param model the configured name that serves it, which may be a pattern
     */
    public RequestRecord(String requestId, @Nullable String keyName, String model, boolean stream) {
        this.requestId = requestId;
        this.keyName = keyName;
        this.model = model;
        this.stream = stream;
    }

    /**
     * An attempt begins; its number.
     *
     * @param prices what the model it asks for is sold for there
     */
    public int attempt(Deployment deployment, Prices prices) {
        tries.add(new AttemptRecord(deployment, prices, time));
        return tries.size() - 1;
    }

    /** The attempt of this number failed. */
    public void attemptFailed(int number, StreamEnd how, @Nullable String why) {
        tries.get(number).ended(how.label(), why);
    }

    /** The attempt of this number was let go, because another one was faster. */
    public void attemptLost(int number) {
        tries.get(number).ended(HEDGED_OUT, null);
    }

    /** The attempt of this number is the one that counts. */
    public void attemptServes(int number) {
        served = number;
    }

    /** The first event came, so long after the request. */
    public void firstEvent(long nanos) {
        firstEventNanos = firstEventNanos < 0 ? nanos : firstEventNanos;
    }

    /** The first content came, so long after the request. */
    public void firstToken(long nanos) {
        firstTokenNanos = firstTokenNanos < 0 ? nanos : firstTokenNanos;
    }

    /** The provider's own id of the request. */
    public void upstreamRequestId(@Nullable String id) {
        upstreamRequestId = Redaction.word(id);
    }

    /** What was seen of the answer to this attempt, complete or not. */
    public void partial(int number, StreamObserver observer) {
        tries.get(number).seen(observer);
        usage = observer.usage().orElse(usage);
        finishReason = observer.finishReason().map(Redaction::word).orElse(finishReason);
        estimatedOutputTokens += observer.estimatedTokens();
        contentSeen |= observer.hasContent();
    }

    /** What all attempts cost that can have used something, as far as is known now. */
    public Cost cost() {
        Cost sum = Cost.NOTHING;
        for (AttemptRecord one : tries) {
            sum = sum.plus(one.cost());
        }
        return sum;
    }

    /**
     * The answer broke, and another deployment goes on: what was used so far counts beside what it will use.
     */
    public void goesOn(ByteBuf body) {
        requestBody(body);
        Usage part = usage != null ? usage : estimate();
        carried = carried == null ? part : sum(carried, part);
        usage = null;
        estimatedOutputTokens = 0;
        contentSeen = false;
    }

    /** What the parts of an answer before this one used; null where this is the first. */
    public @Nullable Usage carried() {
        return carried;
    }

    private Usage estimate() {
        return Usage.builder()
                .inputTokens(estimatedInputTokens)
                .outputTokens(Math.max(1, estimatedOutputTokens))
                .estimated(true)
                .build();
    }

    private static Usage sum(Usage one, Usage other) {
        return Usage.builder()
                .inputTokens(one.inputTokens() + other.inputTokens())
                .outputTokens(one.outputTokens() + other.outputTokens())
                .estimated(one.estimated() || other.estimated())
                .build();
    }

    /** The request's body, before it is let go: read only if its usage has to be estimated, and not kept. */
    public void requestBody(ByteBuf body) {
        if (mustEstimate() || tries.stream().anyMatch(AttemptRecord::mustEstimate)) {
            int length = body.readableBytes();
            byte[] read = new byte[Math.min(length, LONGEST_WEIGHED)];
            body.getBytes(body.readerIndex(), read);
            estimatedInputTokens = PromptEstimate.ofRequest(read, 0, read.length) * length / Math.max(1, read.length);
        }
    }

    private boolean mustEstimate() {
        return usage == null && contentSeen;
    }

    void ended(StreamEnd how, int withStatus, @Nullable String withCode, long afterNanos) {
        end = how;
        status = withStatus;
        code = withCode;
        durationNanos = afterNanos;
        if (mustEstimate()) {
            usage = estimate();
        }
        if (carried != null) {
            usage = usage == null ? carried : sum(carried, usage);
        }
        for (AttemptRecord one : tries) {
            if (one.mustEstimate()) {
                one.estimate(estimatedInputTokens);
            }
        }
        cost = cost();
    }

    String model() {
        return model;
    }

    StreamEnd end() {
        return end;
    }

    long durationNanos() {
        return durationNanos;
    }

    long firstTokenNanos() {
        return firstTokenNanos;
    }

    int attempts() {
        return tries.size();
    }

    /** Who was asked. */
    Deployment asked(int attempt) {
        return tries.get(attempt).deployment();
    }

    /** How that attempt ended, in the record's words; the one that counts as the request did. */
    String outcome(int attempt) {
        String own = tries.get(attempt).outcome();
        return own == null ? end.label() : own;
    }

    /** What that attempt cost, once the request has ended. */
    Cost cost(int attempt) {
        return tries.get(attempt).cost();
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    String provider() {
        return tries.isEmpty()
                ? "none"
                : tries.get(served).deployment().provider().name();
    }

    boolean streamed() {
        return stream;
    }

    @Override
    public boolean isRow() {
        return true;
    }

    @Override
    public void write(ByteBuilder json) {
        json.ascii("{\"time\":\"" + time + "\",\"id\":").string(requestId);
        text(json, "key", keyName);
        text(json, "model", model);
        if (!tries.isEmpty()) {
            Deployment last = tries.get(served).deployment();
            text(json, "provider", last.provider().name());
            text(json, "deployment", last.id());
        }
        json.ascii(",\"stream\":" + stream + ",\"outcome\":\"" + end.label() + "\",\"status\":" + status);
        text(json, "code", code);
        text(json, "finish_reason", finishReason);
        text(json, "upstream_request_id", upstreamRequestId);
        millis(json, "first_event_ms", firstEventNanos);
        millis(json, "ttft_ms", firstTokenNanos);
        millis(json, "duration_ms", durationNanos);
        if (usage != null) {
            json.ascii(",\"input_tokens\":" + usage.inputTokens() + ",\"output_tokens\":" + usage.outputTokens());
            details(json, usage);
        }
        if (tries.stream().anyMatch(AttemptRecord::wasUsed)) {
            cost(json, cost);
        }
        tries(json);
        json.ascii("}\n");
    }

    private static void details(ByteBuilder json, Usage usage) {
        count(json, "cache_read_tokens", usage.cacheReadTokens());
        count(json, "cache_write_tokens", usage.cacheWriteTokens());
        count(json, "cache_write_1h_tokens", usage.cacheWrite1hTokens());
        count(json, "input_audio_tokens", usage.inputAudioTokens());
        count(json, "reasoning_tokens", usage.reasoningTokens());
        count(json, "output_audio_tokens", usage.outputAudioTokens());
        count(json, "web_searches", usage.webSearches());
        text(json, "service_tier", Redaction.word(usage.serviceTier().orElse(null)));
        json.ascii(",\"estimated\":" + usage.estimated());
    }

    private static void count(ByteBuilder json, String name, OptionalLong count) {
        count.ifPresent(number -> json.ascii(",\"" + name + "\":" + number));
    }

    /** The digits, or why there are none: an unknown cost is no number. */
    private static void cost(ByteBuilder json, Cost cost) {
        cost.digits().ifPresent(digits -> json.ascii(",\"cost_usd\":" + digits));
        text(json, "cost_unknown", cost.reason().orElse(null));
    }

    private void tries(ByteBuilder json) {
        json.ascii(",\"attempts\":[");
        String comma = "";
        for (int i = 0; i < tries.size(); i++) {
            AttemptRecord one = tries.get(i);
            json.ascii(comma).ascii("{\"deployment\":").string(one.deployment().id());
            text(json, "outcome", outcome(i));
            text(json, "code", one.outcome() == null ? code : one.code());
            Usage own = one.usage();
            if (own != null) {
                json.ascii(",\"input_tokens\":" + own.inputTokens() + ",\"output_tokens\":" + own.outputTokens());
            }
            if (one.wasUsed()) {
                cost(json, one.cost());
            }
            json.ascii("}");
            comma = ",";
        }
        json.ascii("]");
    }

    private static void text(ByteBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.ascii(",\"" + name + "\":").string(value);
        }
    }

    private static void millis(ByteBuilder json, String name, long nanos) {
        if (nanos >= 0) {
            long micros = nanos / (NANOS_PER_MILLI / 1000);
            json.ascii(",\"" + name + "\":" + micros / 1000 + "."
                    + String.valueOf(1000 + micros % 1000).substring(1));
        }
    }
}
