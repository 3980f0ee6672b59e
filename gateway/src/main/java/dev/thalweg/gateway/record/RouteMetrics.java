package dev.thalweg.gateway.record;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.route.DeploymentState.Status;
import dev.thalweg.core.route.DeploymentState.Verdict;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.route.ModelGroup;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How deployments and groups do, for Prometheus. States are looked at when they are asked for, and what the configuration
 * in force does not name is neither shown nor kept: counts of a deployment that comes back begin anew. Thread-safe.
 */
final class RouteMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Place, RouteCounts> counts = new ConcurrentHashMap<>();
    private final Map<Passage, LongAdder> fallbacks = new ConcurrentHashMap<>();
    private final PrometheusRegistry registry;
    private volatile Supplier<List<ModelGroup<?>>> groups = List::of;
    private volatile LongSupplier clock = () -> 0;

    /** A deployment in its group. */
    private record Place(String model, String deployment) {
        static Place of(Deployment deployment) {
            return new Place(deployment.modelName(), deployment.id());
        }
    }

    /** From one group to another. */
    private record Passage(String from, String to) {}

    RouteMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        GaugeWithCallback.builder()
                .name("thalweg_deployment_state")
                .help("1 for what a deployment is now (open, cooling, full, limited), 0 for what it is not.")
                .labelNames("model", "deployment", "state")
                .callback(this::states)
                .register(registry);
        gauge(
                "thalweg_deployment_cooling_seconds",
                "How long a deployment is still left alone.",
                status -> status.coolingNanos() / NANOS_PER_SECOND);
        gauge("thalweg_deployment_in_flight", "Attempts under way at a deployment.", Status::inFlight);
        gauge(
                "thalweg_deployment_first_token_seconds",
                "The usual time to a stream's first content, newer ones counting more; absent while it is not known.",
                status -> status.firstTokenNanos() == 0 ? Double.NaN : status.firstTokenNanos() / NANOS_PER_SECOND);
        GaugeWithCallback.builder()
                .name("thalweg_queue_length")
                .help("Requests that wait for a deployment of a group to have room.")
                .labelNames("model")
                .callback(out ->
                        groups.get().forEach(group -> out.call(group.state().queued(), group.name())))
                .register(registry);
        registerCounters();
    }

    private void registerCounters() {
        CounterWithCallback.builder()
                .name("thalweg_deployment_attempts_total")
                .help("Attempts at a deployment by how they ended.")
                .labelNames("model", "deployment", "outcome")
                .callback(out -> counted((place, count) -> count.attempts()
                        .forEach((outcome, sum) ->
                                out.call(sum.doubleValue(), place.model(), place.deployment(), outcome))))
                .register(registry);
        CounterWithCallback.builder()
                .name("thalweg_deployment_cooldowns_total")
                .help("How often a deployment began to be left alone, by the failure that did it.")
                .labelNames("model", "deployment", "cause")
                .callback(out -> counted((place, count) -> count.cooldowns()
                        .forEach((cause, sum) ->
                                out.call(sum.doubleValue(), place.model(), place.deployment(), label(cause)))))
                .register(registry);
        CounterWithCallback.builder()
                .name("thalweg_deployment_hedges_total")
                .help("Attempts at a deployment beside another one that was slow to begin.")
                .labelNames("model", "deployment")
                .callback(out -> counted(
                        (place, count) -> out.call(count.hedges().doubleValue(), place.model(), place.deployment())))
                .register(registry);
        CounterWithCallback.builder()
                .name("thalweg_fallbacks_total")
                .help("Requests that went on from one group to another.")
                .labelNames("model", "to")
                .callback(this::fallbacks)
                .register(registry);
    }

    /** From now on these groups are shown. */
    void show(Supplier<List<ModelGroup<?>>> of, LongSupplier at) {
        clock = at;
        groups = of;
    }

    // What happens.

    void cooled(Deployment deployment, FailureClass cause) {
        of(deployment).cooled(cause);
    }

    void hedged(Deployment deployment) {
        of(deployment).hedges().increment();
    }

    void ended(RequestRecord record) {
        String group = record.model();
        for (int i = 0; i < record.attempts(); i++) {
            Deployment asked = record.asked(i);
            of(asked).ended(record.outcome(i));
            if (!asked.modelName().equals(group)) {
                fallbacks
                        .computeIfAbsent(new Passage(group, asked.modelName()), unseen -> new LongAdder())
                        .increment();
                group = asked.modelName();
            }
        }
    }

    private RouteCounts of(Deployment deployment) {
        return counts.computeIfAbsent(Place.of(deployment), unseen -> new RouteCounts());
    }

    // What is shown.

    private void gauge(String name, String help, ToDoubleFunction<Status> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("model", "deployment")
                .callback(out -> visit((place, status) -> {
                    double shown = value.applyAsDouble(status);
                    if (!Double.isNaN(shown)) {
                        out.call(shown, place.model(), place.deployment());
                    }
                }))
                .register(registry);
    }

    private void states(GaugeWithCallback.Callback out) {
        visit((place, status) -> {
            for (Verdict one : Verdict.values()) {
                out.call(one == status.verdict() ? 1 : 0, place.model(), place.deployment(), label(one));
            }
        });
    }

    private void counted(BiConsumer<Place, RouteCounts> shown) {
        Set<Place> places = new HashSet<>();
        members((group, member) -> places.add(place(group, member)));
        counts.keySet().retainAll(places);
        counts.forEach(shown);
    }

    private void fallbacks(CounterWithCallback.Callback out) {
        Set<String> names = new HashSet<>();
        groups.get().forEach(group -> names.add(group.name()));
        fallbacks.keySet().removeIf(key -> !names.contains(key.from()) || !names.contains(key.to()));
        fallbacks.forEach((key, count) -> out.call(count.doubleValue(), key.from(), key.to()));
    }

    /** Each once: two with one id in a group would be the same line twice. */
    private void visit(BiConsumer<Place, Status> visitor) {
        long now = clock.getAsLong();
        Set<Place> seen = new HashSet<>();
        members((group, member) -> {
            Place place = place(group, member);
            if (seen.add(place)) {
                visitor.accept(place, member.status(now));
            }
        });
    }

    private void members(BiConsumer<ModelGroup<?>, Member<?>> visitor) {
        Consumer<ModelGroup<?>> each = group -> group.members().forEach(member -> visitor.accept(group, member));
        groups.get().forEach(each);
    }

    private static Place place(ModelGroup<?> group, Member<?> member) {
        return new Place(group.name(), member.candidate().id());
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
