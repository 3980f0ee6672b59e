package dev.thalweg.gateway.record;

import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.config.Deployment;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private record Try(
            Deployment deployment,
            @Nullable String outcome,
            @Nullable String code) {}

    private final Instant time = Instant.now();
    private final String requestId;
    private final @Nullable String keyName;
    private final String model;
    private final boolean stream;
    private final List<Try> tries = new ArrayList<>(1);
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
    private @Nullable String cost;
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

    /** An attempt begins; its number. */
    public int attempt(Deployment deployment) {
        tries.add(new Try(deployment, null, null));
        return tries.size() - 1;
    }

    /** The attempt of this number failed. */
    public void attemptFailed(int number, StreamEnd how, @Nullable String why) {
        tries.set(number, new Try(tries.get(number).deployment(), how.label(), why));
    }

    /** The attempt of this number was let go, because another one was faster. */
    public void attemptLost(int number) {
        tries.set(number, new Try(tries.get(number).deployment(), HEDGED_OUT, null));
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

    /** What was seen of an answer, complete or not. */
    public void partial(StreamObserver observer) {
        usage = observer.usage().orElse(usage);
        finishReason = observer.finishReason().map(Redaction::word).orElse(finishReason);
        estimatedOutputTokens += observer.estimatedTokens();
        contentSeen |= observer.hasContent();
    }

    /** What it cost in US dollars, in digits; null where that is not known. */
    public void cost(@Nullable String dollars) {
        cost = dollars;
    }

    /**
     * The answer broke, and another deployment goes on: what was used so far counts beside what it will use.
     *
     * @return what the broken part used
     */
    public Usage goesOn(ByteBuf body) {
        requestBody(body);
        Usage part = usage != null ? usage : estimate();
        carried = carried == null ? part : sum(carried, part);
        usage = null;
        estimatedOutputTokens = 0;
        contentSeen = false;
        return part;
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
        if (mustEstimate()) {
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
            usage.cacheReadTokens().ifPresent(n -> json.ascii(",\"cache_read_tokens\":" + n));
            usage.reasoningTokens().ifPresent(n -> json.ascii(",\"reasoning_tokens\":" + n));
            json.ascii(",\"estimated\":" + usage.estimated());
        }
        if (cost != null) {
            json.ascii(",\"cost_usd\":" + cost);
        }
        tries(json);
        json.ascii("}\n");
    }

    private void tries(ByteBuilder json) {
        json.ascii(",\"attempts\":[");
        String comma = "";
        for (int i = 0; i < tries.size(); i++) {
            Try one = tries.get(i);
            json.ascii(comma).ascii("{\"deployment\":").string(one.deployment().id());
            text(json, "outcome", outcome(i));
            text(json, "code", one.outcome() == null ? code : one.code());
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
