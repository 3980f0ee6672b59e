package dev.thalweg.opentelemetry;

import dev.thalweg.AttemptStart;
import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.CallStart;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of every call, and the metrics of OpenTelemetry's conventions for generative AI.
 *
 * {@snippet :
 * Thalweg thalweg = Thalweg.builder()
 *         .listener(OpenTelemetryListener.of(GlobalOpenTelemetry.get()))
 *         .build();
 * }
 *
 * <p>A span of kind {@code CLIENT} begins in the context of the thread that makes the call, also for {@code completeAsync}
 * and {@code publish}, and ends when the call does, whoever ends it. Questions and answers are not in it unless {@link
 * Builder#captureContent} asks for them. Names are in {@code docs/sdk/observability.md}. Thread-safe; flushing and closing
 * what exports stays the caller's.
 */
public final class OpenTelemetryListener implements CallListener {
    private static final String SCOPE = "dev.thalweg";

    private final Tracer tracer;
    private final CallMetrics metrics;
    private final boolean content;
    private final Map<String, CallSpan> spans = new ConcurrentHashMap<>();

    private OpenTelemetryListener(Builder builder) {
        tracer = builder.openTelemetry.getTracer(SCOPE);
        metrics = new CallMetrics(builder.openTelemetry.getMeter(SCOPE));
        content = builder.content;
    }

    /** A listener without content. */
    public static OpenTelemetryListener of(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /** A builder that holds the defaults. */
    public static Builder builder(OpenTelemetry openTelemetry) {
        return new Builder(openTelemetry);
    }

    @Override
    public void started(CallStart call) {
        CallSpan span = new CallSpan(tracer, call);
        CallSpan before = spans.put(call.callId(), span);
        if (before != null) {
            before.lost();
        }
        if (content) {
            call.request().ifPresent(span::question);
        }
    }

    @Override
    public void attemptStarted(String callId, AttemptStart attempt) {
        with(callId, span -> span.asks(attempt));
    }

    @Override
    public void attemptFailed(String callId, Attempt attempt) {
        with(callId, span -> span.failed(attempt));
    }

    @Override
    public void chunk(String callId, ChatChunk chunk) {
        long now = System.nanoTime();
        with(callId, span -> span.chunk(metrics, now));
    }

    @Override
    public void ended(CallRecord call) {
        CallSpan span = spans.remove(call.callId());
        if (span != null) {
            span.ended(call, metrics, content);
        }
    }

    @Override
    public Runnable carry(Runnable work) {
        return Context.current().wrap(work);
    }

    /** How many calls have begun and not ended. */
    int open() {
        return spans.size();
    }

    private void with(String callId, Consumer<CallSpan> message) {
        @Nullable CallSpan span = spans.get(callId);
        if (span != null) {
            message.accept(span);
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final OpenTelemetry openTelemetry;
        private boolean content;

        private Builder(OpenTelemetry openTelemetry) {
            this.openTelemetry = openTelemetry;
        }

        /**
         * Sets whether questions and answers are put into spans, as {@code gen_ai.input.messages} and {@code
         * gen_ai.output.messages}: whoever reads the traces then reads them. Default false.
         */
        public Builder captureContent(boolean value) {
            content = value;
            return this;
        }

        /** A listener with these settings. */
        public OpenTelemetryListener build() {
            return new OpenTelemetryListener(this);
        }
    }
}
