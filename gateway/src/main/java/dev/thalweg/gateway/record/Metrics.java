package dev.thalweg.gateway.record;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.ModelGroup;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.model.Cost;
import dev.thalweg.model.Usage;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryPoolAllocationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What Prometheus reads. Labels are configured names and named ends, never anything a caller sends. The handles of a
 * model are looked up once and kept. Thread-safe.
 */
public final class Metrics {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] LATENCY = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests;
    private final Counter refusals;
    private final Counter attempts;
    private final Counter tokens;
    private final Counter cost;
    private final Counter unpriced;
    private final Histogram duration;
    private final Histogram firstToken;
    private final Gauge inFlight;
    private final Counter writeFailures;
    private final Counter reloads;
    private final Gauge lastReloadSuccessful;
    private final Gauge lastReloadTime;
    private final RouteMetrics routes = new RouteMetrics(registry);
    private final Map<Served, Handles> handles = new ConcurrentHashMap<>();

    /** All metrics, at zero. */
    public Metrics() {
        requests = Counter.builder()
                .name("thalweg_requests_total")
                .help("Requests by how they ended.")
                .labelNames("model", "provider", "outcome")
                .register(registry);
        refusals = Counter.builder()
                .name("thalweg_refused_requests_total")
                .help("Requests refused before any model was asked.")
                .labelNames("status", "code")
                .register(registry);
        attempts = Counter.builder()
                .name("thalweg_upstream_attempts_total")
                .help("Attempts at providers, retries included.")
                .labelNames("model", "provider")
                .register(registry);
        tokens = Counter.builder()
                .name("thalweg_tokens_total")
                .help("Tokens, reported by the provider or estimated.")
                .labelNames("model", "provider", "type")
                .register(registry);
        cost = Counter.builder()
                .name("thalweg_cost_usd_total")
                .help("What attempts cost whose price and usage are known, in US dollars.")
                .labelNames("model", "provider")
                .register(registry);
        unpriced = Counter.builder()
                .name("thalweg_unpriced_attempts_total")
                .help("Attempts that may have cost something, and nobody knows what.")
                .labelNames("model", "provider")
                .register(registry);
        duration = Histogram.builder()
                .name("thalweg_request_duration_seconds")
                .help("From the request's body to the end of the answer.")
                .labelNames("model", "provider")
                .classicUpperBounds(LATENCY)
                .classicOnly()
                .register(registry);
        firstToken = Histogram.builder()
                .name("thalweg_time_to_first_token_seconds")
                .help("From the request's body to the first content of a stream.")
                .labelNames("model", "provider")
                .classicUpperBounds(LATENCY)
                .classicOnly()
                .register(registry);
        inFlight = Gauge.builder()
                .name("thalweg_requests_in_flight")
                .help("Requests under way.")
                .register(registry);
        writeFailures = Counter.builder()
                .name("thalweg_record_write_failures_total")
                .help("Failed writes of the local request record.")
                .register(registry);
        reloads = Counter.builder()
                .name("thalweg_config_reloads_total")
                .help("Readings of the configuration after the start, by what became of them.")
                .labelNames("outcome")
                .register(registry);
        lastReloadSuccessful = Gauge.builder()
                .name("thalweg_config_last_reload_successful")
                .help("1 while the configuration last read is in force, 0 while an older one is.")
                .register(registry);
        lastReloadTime = Gauge.builder()
                .name("thalweg_config_last_reload_success_timestamp_seconds")
                .help("When the configuration in force was last read.")
                .register(registry);
        for (ReloadOutcome outcome : ReloadOutcome.values()) {
            reloads.initLabelValues(outcome.label());
        }
        inForce();
        registerJvm();
    }

    /** All that JvmMetrics has but native memory, which would start the JMX server and with it the flight recorder. */
    private void registerJvm() {
        JvmThreadsMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmCompilationMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmMemoryPoolAllocationMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    /** Shows how many rows wait to be written. */
    void waiting(LongSupplier size) {
        gauge("thalweg_record_rows_waiting", "Rows of the request record not yet on disk.", size);
    }

    /** Shows a number that is looked up when asked for. */
    public void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    /**
     * Shows how deployments and groups do.
     *
     * @param groups those of the configuration in force, whenever they are asked for
     * @param clock nanoseconds on the clock of all routing
     */
    public void routes(Supplier<List<ModelGroup<?>>> groups, LongSupplier clock) {
        routes.show(groups, clock);
    }

    /** The configuration was read again. */
    public void reloaded(ReloadOutcome outcome) {
        reloads.labelValues(outcome.label()).inc();
        if (outcome == ReloadOutcome.REFUSED) {
            lastReloadSuccessful.set(0);
        } else {
            inForce();
        }
    }

    private void inForce() {
        lastReloadSuccessful.set(1);
        lastReloadTime.set((double) Instant.now().getEpochSecond());
    }

    void began() {
        inFlight.inc();
    }

    void refused(int status, String code) {
        refusals.labelValues(Integer.toString(status), code).inc();
    }

    void writeFailed() {
        writeFailures.inc();
    }

    void cooled(Deployment deployment, FailureClass cause) {
        routes.cooled(deployment, cause);
    }

    void hedged(Deployment deployment) {
        routes.hedged(deployment);
    }

    void ended(RequestRecord record) {
        inFlight.dec();
        routes.ended(record);
        handles.computeIfAbsent(new Served(record.model(), record.provider()), Handles::new)
                .ended(record);
        for (int i = 0; i < record.attempts(); i++) {
            String provider = record.asked(i).provider().name();
            handles.computeIfAbsent(new Served(record.model(), provider), Handles::new)
                    .cost(record.cost(i));
        }
    }

    /** All of it in Prometheus' text format. */
    public byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private record Served(String model, String provider) {}

    /** The data points of one model at one provider. */
    private final class Handles {
        private final Map<StreamEnd, CounterDataPoint> ends = new EnumMap<>(StreamEnd.class);
        private final CounterDataPoint tries;
        private final CounterDataPoint input;
        private final CounterDataPoint output;
        private final CounterDataPoint dollars;
        private final CounterDataPoint unknown;
        private final DistributionDataPoint durations;
        private final DistributionDataPoint firstTokens;

        Handles(Served by) {
            String model = by.model();
            String provider = by.provider();
            for (StreamEnd end : StreamEnd.values()) {
                ends.put(end, requests.labelValues(model, provider, end.label()));
            }
            tries = attempts.labelValues(model, provider);
            input = tokens.labelValues(model, provider, "input");
            output = tokens.labelValues(model, provider, "output");
            dollars = cost.labelValues(model, provider);
            unknown = unpriced.labelValues(model, provider);
            durations = duration.labelValues(model, provider);
            firstTokens = firstToken.labelValues(model, provider);
        }

        void cost(Cost known) {
            known.usd().ifPresentOrElse(usd -> dollars.inc(usd.doubleValue()), unknown::inc);
        }

        void ended(RequestRecord record) {
            CounterDataPoint counter = ends.get(record.end());
            if (counter != null) {
                counter.inc();
            }
            tries.inc(record.attempts());
            durations.observe(record.durationNanos() / NANOS_PER_SECOND);
            if (record.streamed() && record.firstTokenNanos() >= 0) {
                firstTokens.observe(record.firstTokenNanos() / NANOS_PER_SECOND);
            }
            Usage usage = record.usage();
            if (usage != null) {
                input.inc(usage.inputTokens());
                output.inc(usage.outputTokens());
            }
        }
    }
}
