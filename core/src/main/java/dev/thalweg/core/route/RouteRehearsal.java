package dev.thalweg.core.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a request's plan on copies of all states, so that nobody else hears of it. Where a strategy throws dice, the
 * likeliest deployment is taken.
 */
final class RouteRehearsal<T> {
    /** Decides nothing but how much is taken off a wait by chance: nothing. */
    private static final RandomGenerator STILL = () -> 0L;

    private final Map<DeploymentState, DeploymentState> copies = new HashMap<>();
    private final Map<String, ModelGroup<T>> groups = new HashMap<>();
    private final RoutePlan<T> plan;
    private final Step<T> first;

    /** Takes the first step. */
    RouteRehearsal(
            ModelGroup<T> asked,
            Function<String, Optional<ModelGroup<T>>> others,
            RoutePolicy policy,
            RouteRequest request,
            long now) {
        plan = new RoutePlan<>(
                copy(asked), name -> others.apply(name).map(this::copy), policy, request, RouteListener.NONE);
        Step<T> step = plan.begin(now, STILL);
        if (step instanceof Step.Queue<T> queue && waiting(queue, asked, others) >= policy.maxQueue()) {
            step = plan.queueTimeout(now, STILL);
        }
        first = step;
    }

    /** The copy has no queue. */
    private static <T> int waiting(
            Step.Queue<T> queue, ModelGroup<T> asked, Function<String, Optional<ModelGroup<T>>> others) {
        String name = queue.group().name();
        ModelGroup<T> group =
                name.equals(asked.name()) ? asked : others.apply(name).orElse(asked);
        return group.state().queued();
    }

    Step<T> first() {
        return first;
    }

    /** What comes after the first attempt failed like this; null where there was none. */
    @Nullable
    Step<T> after(FailureClass failure, long now) {
        return first instanceof Step.Attempt<T> ? plan.failed(failure, null, now, Long.MAX_VALUE, STILL) : null;
    }

    private ModelGroup<T> copy(ModelGroup<T> group) {
        return groups.computeIfAbsent(group.name(), name -> {
            GroupState state = new GroupState();
            group.state().retries().copyTo(state.retries());
            List<Member<T>> members = group.members().stream()
                    .map(member -> new Member<>(
                            member.candidate(),
                            copies.computeIfAbsent(member.state(), DeploymentState::copy),
                            member.target()))
                    .toList();
            return new ModelGroup<>(name, members, new Likeliest(group.strategy()), group.retries(), state);
        });
    }

    private record Likeliest(Strategy strategy) implements Strategy {
        @Override
        public String name() {
            return strategy.name();
        }

        @Override
        public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
            double[] chances = Chances.of(strategy, open, request, now);
            int best = 0;
            for (int i = 1; i < chances.length; i++) {
                best = chances[i] > chances[best] ? i : best;
            }
            return open.get(best);
        }
    }
}
