package dev.thalweg.opentelemetry;

import dev.thalweg.CallRecord;
import dev.thalweg.model.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;

/** The conventions' metrics of clients. Thread-safe. */
final class CallMetrics {
    static final double SECOND = 1e9;

    private static final List<Double> TIMES =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Double> CHUNK_TIMES =
            List.of(0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096);
    private static final List<Long> TOKENS = List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L, 16777216L, 67108864L);

    private final DoubleHistogram duration;
    private final DoubleHistogram timeToFirstChunk;
    private final DoubleHistogram timePerChunk;
    private final LongHistogram tokens;

    CallMetrics(Meter meter) {
        duration = seconds(meter, "gen_ai.client.operation.duration", "Duration of calls.", TIMES);
        timeToFirstChunk =
                seconds(meter, "gen_ai.client.operation.time_to_first_chunk", "Time to a stream's first chunk.", TIMES);
        timePerChunk = seconds(
                meter,
                "gen_ai.client.operation.time_per_output_chunk",
                "Time between a stream's chunks, the reader's own included.",
                CHUNK_TIMES);
        tokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Tokens of calls, as providers counted them.")
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> bounds) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    /** A chunk came so long after the one before. */
    void chunk(long nanos, Attributes attributes, Context context) {
        timePerChunk.record(nanos / SECOND, attributes, context);
    }

    /** A call has ended; recorded in its own context, whatever that of the thread is that ended it. */
    void ended(CallRecord call, Attributes attributes, String error, Context context) {
        Attributes all = error.isEmpty()
                ? attributes
                : attributes.toBuilder().put(GenAi.ERROR_TYPE, error).build();
        duration.record(seconds(call.duration()), all, context);
        call.timeToFirstChunk().ifPresent(time -> timeToFirstChunk.record(seconds(time), attributes, context));
        // What is estimated is not to be reported as what was used.
        call.response()
                .usage()
                .filter(usage -> !usage.estimated())
                .ifPresent(usage -> tokens(usage, attributes, context));
    }

    private void tokens(Usage usage, Attributes attributes, Context context) {
        tokens.record(
                usage.inputTokens(),
                attributes.toBuilder().put(GenAi.TOKEN_TYPE, "input").build(),
                context);
        tokens.record(
                usage.outputTokens(),
                attributes.toBuilder().put(GenAi.TOKEN_TYPE, "output").build(),
                context);
    }

    static double seconds(Duration time) {
        return time.toNanos() / SECOND;
    }
}
