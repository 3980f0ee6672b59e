package dev.thalweg.micrometer;

import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Counts calls in a registry of Micrometer, each when it has ended.
 *
 * {@snippet :
 * Thalweg thalweg = Thalweg.builder().listener(MicrometerListener.of(registry)).build();
 * }
 *
 * <p>Names and tags are in {@code docs/sdk/observability.md}. No tag has more than {@link #MOST_VALUES} values; further ones
 * are {@code other}. Thread-safe; the registry stays the caller's.
 */
public final class MicrometerListener implements CallListener {
    /** How many values a tag may have. */
    public static final int MOST_VALUES = 200;

    private final MeterRegistry registry;
    private final FewValues models = new FewValues(MOST_VALUES);
    private final FewValues deployments = new FewValues(MOST_VALUES);
    private final FewValues codes = new FewValues(MOST_VALUES);

    private MicrometerListener(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry);
    }

    /** A listener that counts here. */
    public static MicrometerListener of(MeterRegistry registry) {
        return new MicrometerListener(registry);
    }

    @Override
    public void ended(CallRecord call) {
        String provider = call.provider().isEmpty() ? FewValues.NONE : call.provider();
        Tags tags = Tags.of("provider", provider, "model", models.of(call.model()));
        duration(call, tags);
        call.timeToFirstToken()
                .ifPresent(time -> timer("thalweg.time.to.first.token", "Until a stream's first content.", tags)
                        .record(time));
        call.timeBetweenTokens()
                .ifPresent(time -> timer("thalweg.time.between.tokens", "Mean time between a stream's pieces.", tags)
                        .record(time));
        call.response().usage().ifPresent(usage -> tokens(usage, tags));
        call.attempts().forEach(attempt -> attempt(attempt, Tags.of("model", models.of(call.model()))));
        call.cost().usd().ifPresent(usd -> cost(usd, tags));
    }

    private void duration(CallRecord call, Tags tags) {
        String error = call.failure().map(e -> e.getClass().getSimpleName()).orElse(FewValues.NONE);
        String code = call.failure().flatMap(ThalwegException::code).orElse("");
        Tags all = tags.and(
                "stream",
                Boolean.toString(call.stream()),
                "outcome",
                call.outcome().name().toLowerCase(Locale.ROOT),
                "error",
                error,
                "code",
                codes.of(code));
        timer("thalweg.calls", "Calls, from their start to their end.", all).record(call.duration());
    }

    private void tokens(Usage usage, Tags tags) {
        Tags all = tags.and("estimated", Boolean.toString(usage.estimated()));
        tokens("input", OptionalLong.of(usage.inputTokens()), all);
        tokens("cache_read", usage.cacheReadTokens(), all);
        tokens("cache_write", usage.cacheWriteTokens(), all);
        tokens("output", OptionalLong.of(usage.outputTokens()), all);
        tokens("reasoning", usage.reasoningTokens(), all);
    }

    private void tokens(String kind, OptionalLong count, Tags tags) {
        count.ifPresent(tokens -> DistributionSummary.builder("thalweg.tokens")
                .description("Tokens of a call; cached ones are part of input, reasoning of output.")
                .baseUnit("tokens")
                .tags(tags.and("kind", kind))
                .register(registry)
                .record((double) tokens));
    }

    private void attempt(Attempt attempt, Tags model) {
        String error = attempt.succeeded() ? FewValues.NONE : attempt.error();
        Tags all = model.and(
                "deployment", deployments.of(attempt.deployment()), "error", error, "code", codes.of(attempt.code()));
        timer("thalweg.attempts", "Attempts, each at one deployment.", all).record(attempt.duration());
    }

    private void cost(BigDecimal usd, Tags tags) {
        DistributionSummary.builder("thalweg.cost")
                .description("Cost of a call by list prices, where they are known.")
                .baseUnit("usd")
                .tags(tags)
                .register(registry)
                .record(usd.doubleValue());
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name).description(description).tags(tags).register(registry);
    }
}
