package dev.thalweg.opentelemetry;

import dev.thalweg.AttemptStart;
import dev.thalweg.CallRecord;
import dev.thalweg.CallStart;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The span of one call. Told one thing after the other, by different threads. */
final class CallSpan {
    private final Span span;
    private final Context context;
    private final String model;
    private volatile @Nullable AttemptStart asked;
    private volatile long lastChunk;

    /** A span that begins in the context of this thread. */
    CallSpan(Tracer tracer, CallStart call) {
        Context parent = Context.current();
        model = call.model();
        SpanBuilder builder = tracer.spanBuilder(GenAi.CHAT + " " + model)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(GenAi.OPERATION, GenAi.CHAT)
                .setAttribute(GenAi.REQUEST_MODEL, model)
                .setAttribute(GenAi.CALL_ID, call.callId());
        if (call.stream()) {
            builder.setAttribute(GenAi.REQUEST_STREAM, true);
        }
        call.request().ifPresent(request -> settings(builder, request));
        span = builder.startSpan();
        context = parent.with(span);
    }

    void question(ChatRequest request) {
        if (span.isRecording()) {
            span.setAttribute(GenAi.INPUT_MESSAGES, Content.of(request));
        }
    }

    private static void settings(SpanBuilder builder, ChatRequest request) {
        request.temperature().ifPresent(value -> builder.setAttribute(GenAi.TEMPERATURE, value));
        request.topP().ifPresent(value -> builder.setAttribute(GenAi.TOP_P, value));
        request.topK().ifPresent(value -> builder.setAttribute(GenAi.TOP_K, (long) value));
        request.maxOutputTokens().ifPresent(value -> builder.setAttribute(GenAi.MAX_TOKENS, (long) value));
        request.frequencyPenalty().ifPresent(value -> builder.setAttribute(GenAi.FREQUENCY_PENALTY, value));
        request.presencePenalty().ifPresent(value -> builder.setAttribute(GenAi.PRESENCE_PENALTY, value));
        request.choices().stream()
                .filter(value -> value != 1)
                .forEach(value -> builder.setAttribute(GenAi.CHOICE_COUNT, (long) value));
        request.seed().ifPresent(value -> builder.setAttribute(GenAi.SEED, value));
        if (!request.stop().isEmpty()) {
            builder.setAttribute(GenAi.STOP, request.stop());
        }
        if (request.responseFormat().isPresent()) {
            builder.setAttribute(GenAi.OUTPUT_TYPE, "json");
        }
    }

    void asks(AttemptStart attempt) {
        asked = attempt;
        span.setAttribute(GenAi.PROVIDER, GenAi.provider(attempt.provider()));
        span.setAttribute(GenAi.SERVER_ADDRESS, attempt.host());
        span.setAttribute(GenAi.SERVER_PORT, (long) attempt.port());
    }

    void failed(Attempt attempt) {
        AttributesBuilder attributes = Attributes.builder()
                .put(GenAi.ATTEMPT_DEPLOYMENT, attempt.deployment())
                .put(GenAi.REQUEST_MODEL, attempt.model())
                .put(GenAi.ERROR_TYPE, attempt.error())
                .put(GenAi.ATTEMPT_DURATION, CallMetrics.seconds(attempt.duration()));
        if (!attempt.code().isEmpty()) {
            attributes.put(GenAi.ERROR_CODE, attempt.code());
        }
        span.addEvent(GenAi.ATTEMPT_FAILED, attributes.build());
    }

    void chunk(CallMetrics metrics, long now) {
        long before = lastChunk;
        if (before != 0) {
            metrics.chunk(now - before, attributes("", null), context);
        }
        lastChunk = now;
    }

    void ended(CallRecord call, CallMetrics metrics, boolean content) {
        String error = call.failure().map(CallSpan::type).orElse("");
        try {
            metrics.ended(call, attributes(call.provider(), call.response()), error, context);
            if (span.isRecording()) {
                describe(call, error, content);
            }
        } finally {
            span.end();
        }
    }

    /** Ends it without a word: another call has taken its id. */
    void lost() {
        span.end();
    }

    private void describe(CallRecord call, String error, boolean content) {
        if (!call.provider().isEmpty()) {
            span.setAttribute(GenAi.PROVIDER, GenAi.provider(call.provider()));
        }
        response(call.response());
        call.response().usage().ifPresent(this::usage);
        call.timeToFirstChunk()
                .ifPresent(time -> span.setAttribute(GenAi.TIME_TO_FIRST_CHUNK, CallMetrics.seconds(time)));
        call.cost().usd().ifPresent(usd -> span.setAttribute(GenAi.COST_USD, usd.doubleValue()));
        span.setAttribute(GenAi.ATTEMPTS, (long) call.attempts().size());
        span.setAttribute(GenAi.OUTCOME, call.outcome().name().toLowerCase(Locale.ROOT));
        if (!error.isEmpty()) {
            String code = call.failure().flatMap(ThalwegException::code).orElse("");
            span.setAttribute(GenAi.ERROR_TYPE, error);
            if (!code.isEmpty()) {
                span.setAttribute(GenAi.ERROR_CODE, code);
            }
            // Without the message: a provider's may repeat the question.
            span.setStatus(StatusCode.ERROR, code);
        }
        if (content && !call.response().choices().isEmpty()) {
            span.setAttribute(GenAi.OUTPUT_MESSAGES, Content.of(call.response()));
        }
    }

    private void response(ChatResponse response) {
        if (!response.id().isEmpty()) {
            span.setAttribute(GenAi.RESPONSE_ID, response.id());
        }
        if (!response.model().isEmpty()) {
            span.setAttribute(GenAi.RESPONSE_MODEL, response.model());
        }
        if (!response.finishReasons().isEmpty()) {
            span.setAttribute(
                    GenAi.FINISH_REASONS,
                    response.finishReasons().stream().map(FinishReason::raw).toList());
        }
    }

    private void usage(Usage usage) {
        span.setAttribute(GenAi.INPUT_TOKENS, usage.inputTokens());
        span.setAttribute(GenAi.OUTPUT_TOKENS, usage.outputTokens());
        usage.cacheReadTokens().ifPresent(value -> span.setAttribute(GenAi.CACHE_READ_TOKENS, value));
        usage.cacheWriteTokens().ifPresent(value -> span.setAttribute(GenAi.CACHE_WRITE_TOKENS, value));
        usage.reasoningTokens().ifPresent(value -> span.setAttribute(GenAi.REASONING_TOKENS, value));
        if (usage.estimated()) {
            span.setAttribute(GenAi.USAGE_ESTIMATED, true);
        }
    }

    private Attributes attributes(String provider, @Nullable ChatResponse response) {
        AttemptStart to = asked;
        AttributesBuilder attributes =
                Attributes.builder().put(GenAi.OPERATION, GenAi.CHAT).put(GenAi.REQUEST_MODEL, model);
        String name = to != null ? to.provider() : provider;
        if (!name.isEmpty()) {
            attributes.put(GenAi.PROVIDER, GenAi.provider(name));
        }
        if (to != null) {
            attributes.put(GenAi.SERVER_ADDRESS, to.host()).put(GenAi.SERVER_PORT, (long) to.port());
        }
        if (response != null && !response.model().isEmpty()) {
            attributes.put(GenAi.RESPONSE_MODEL, response.model());
        }
        return attributes.build();
    }

    /** The class of exception; of one that only stands for another, the other's. */
    private static String type(ThalwegException failure) {
        Throwable cause = failure.getCause();
        return failure.getClass() == ThalwegException.class && cause != null
                ? cause.getClass().getName()
                : failure.getClass().getName();
    }
}
