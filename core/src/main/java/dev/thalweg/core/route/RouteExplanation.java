package dev.thalweg.core.route;

import dev.thalweg.core.route.DeploymentState.Status;
import dev.thalweg.core.route.DeploymentState.Verdict;
import dev.thalweg.core.route.FailureClass.Fallback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a request would go now, and why. Looked at from outside: nothing is counted and no trial is taken. Immutable.
 *
 * @param asked the group that was asked for
 * @param first the first step; of several deployments chosen from by chance, the likeliest. The states of its members are
 *     copies
 * @param afterFailure what would come next if that attempt failed like this; empty where the first step is none
 * @param retries how often it would be tried again within the group at most, by the class of the failure
 * @param standIns the groups that would be looked at one after another, by the list that names them
 */
public record RouteExplanation<T>(
        Standing<T> asked,
        Step<T> first,
        Map<FailureClass, Step<T>> afterFailure,
        Map<FailureClass, Integer> retries,
        Map<Fallback, List<Standing<T>>> standIns) {

    /** Copies the maps. */
    public RouteExplanation {
        afterFailure = sorted(afterFailure);
        retries = sorted(retries);
        standIns = sorted(standIns);
    }

    private static <K extends Enum<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(map));
    }

    /** Why a deployment that a request may go to is not among those it is chosen from. */
    public enum Obstacle {
        /** The request asks for another region. */
        REGION,
        /** The request's tags are not the deployment's. */
        TAGS,
        /** Deployments with a lower order are open. */
        ORDER
    }

    /**
     * A deployment of a group.
     *
     * @param share how much of its minute is spent, from 0 to 1 and above
     * @param obstacle what keeps this request from it beside its verdict; null: nothing
     * @param chance how likely it serves the first attempt
     */
    public record Option<T>(
            Member<T> member,
            Status status,
            double share,
            @Nullable Obstacle obstacle,
            double chance) {}

    /**
     * A group and how it does.
     *
     * @param queued how many requests wait for room in it
     * @param mayRetry whether its budget still has an attempt at a deployment that was asked before
     */
    public record Standing<T>(ModelGroup<T> group, List<Option<T>> options, int queued, boolean mayRetry) {
        /** Copies the options. */
        public Standing {
            options = List.copyOf(options);
        }

        /** The best that its deployments for this request have to offer; empty where it has none for it. */
        public Optional<Verdict> verdict() {
            Set<Verdict> all = Set.copyOf(options.stream()
                    .filter(option -> option.obstacle() == null || option.obstacle() == Obstacle.ORDER)
                    .map(option -> option.status().verdict())
                    .toList());
            return Stream.of(Verdict.OPEN, Verdict.FULL, Verdict.LIMITED, Verdict.COOLING)
                    .filter(all::contains)
                    .findFirst();
        }
    }

    /**
     * Explains where this request would go.
     *
     * @param asked the group that was asked for
     * @param groups finds others by name
     */
    public static <T> RouteExplanation<T> of(
            ModelGroup<T> asked,
            Function<String, Optional<ModelGroup<T>>> groups,
            RoutePolicy policy,
            RouteRequest request,
            long now) {
        return new Explainer<>(asked, groups, policy, request, now).explain();
    }

    private record Explainer<T>(
            ModelGroup<T> asked,
            Function<String, Optional<ModelGroup<T>>> groups,
            RoutePolicy policy,
            RouteRequest request,
            long now) {

        RouteExplanation<T> explain() {
            Step<T> first = rehearsal().first();
            Map<Fallback, List<Standing<T>>> standIns = new EnumMap<>(Fallback.class);
            for (Fallback kind : Fallback.values()) {
                List<Standing<T>> chain = chain(kind, first);
                if (!chain.isEmpty()) {
                    standIns.put(kind, chain);
                }
            }
            return new RouteExplanation<>(standing(asked, first), first, afterFailure(), retries(first), standIns);
        }

        private RouteRehearsal<T> rehearsal() {
            return new RouteRehearsal<>(asked, groups, policy, request, now);
        }

        private Map<FailureClass, Step<T>> afterFailure() {
            Map<FailureClass, Step<T>> next = new EnumMap<>(FailureClass.class);
            for (FailureClass failure : FailureClass.values()) {
                Step<T> step = rehearsal().after(failure, now);
                if (step != null) {
                    next.put(failure, step);
                }
            }
            return next;
        }

        private Map<FailureClass, Integer> retries(Step<T> first) {
            Map<FailureClass, Integer> retries = new EnumMap<>(FailureClass.class);
            Step.Attempt<T> attempt = first instanceof Step.Attempt<T> one ? one : null;
            for (FailureClass failure : FailureClass.values()) {
                ModelGroup<T> group = attempt == null ? asked : attempt.group();
                Member<T> member = attempt == null ? null : attempt.member();
                retries.put(failure, new Retries(request).allowed(failure, group, member));
            }
            return retries;
        }

        /** As a plan looks for them when one after another fails. */
        private List<Standing<T>> chain(Fallback kind, Step<T> first) {
            Fallbacks<T> fallbacks = new Fallbacks<>(asked.name(), groups, policy, request);
            List<Standing<T>> chain = new ArrayList<>();
            ModelGroup<T> from = asked;
            Fallback list = kind;
            while (from != null) {
                from = fallbacks.next(list, from, group -> {
                    chain.removeIf(known -> known.group().name().equals(group.name()));
                    chain.add(standing(group, first));
                    return !eligible(group).isEmpty();
                });
                // A group that stood in for whatever reason fails like any other.
                list = Fallback.GENERAL;
            }
            return chain;
        }

        private List<Member<T>> eligible(ModelGroup<T> group) {
            return Eligible.of(group.members(), request, policy);
        }

        private Standing<T> standing(ModelGroup<T> group, Step<T> first) {
            List<Member<T>> among = first instanceof Step.Attempt<T> attempt
                            && attempt.group().name().equals(group.name())
                    ? among(group, attempt)
                    : List.of();
            IdentityHashMap<Member<T>, Double> chances = chances(group.strategy(), among);
            List<Member<T>> fitting = eligible(group);
            Set<Member<T>> eligible = same(fitting);
            Set<Member<T>> open = same(Openings.open(fitting, List.of(), now));
            List<Option<T>> options = new ArrayList<>();
            for (Member<T> member : group.members()) {
                Status status = member.status(now);
                options.add(new Option<>(
                        member,
                        status,
                        member.state().share(member.candidate(), now),
                        obstacle(member, status, eligible, open),
                        chances.getOrDefault(member, 0.0)));
            }
            return new Standing<>(
                    group,
                    options,
                    group.state().queued(),
                    group.state().retries().mayRetry(now));
        }

        private IdentityHashMap<Member<T>, Double> chances(Strategy strategy, List<Member<T>> among) {
            double[] chances = Chances.of(strategy, among, request, now);
            IdentityHashMap<Member<T>, Double> of = new IdentityHashMap<>();
            for (int i = 0; i < chances.length; i++) {
                of.put(among.get(i), chances[i]);
            }
            return of;
        }

        /** By identity: lists of members have the group's own, and there may be hundreds. */
        private static <T> Set<Member<T>> same(List<Member<T>> members) {
            Set<Member<T>> set = Collections.newSetFromMap(new IdentityHashMap<>());
            set.addAll(members);
            return set;
        }

        /** Those the first attempt's deployment is chosen from. */
        private List<Member<T>> among(ModelGroup<T> group, Step.Attempt<T> attempt) {
            List<Member<T>> eligible = eligible(group);
            List<Member<T>> open = Openings.open(eligible, List.of(), now);
            if (!open.isEmpty()) {
                return open;
            }
            Verdict verdict = attempt.panic() ? Verdict.COOLING : Verdict.LIMITED;
            return Openings.lowestOrder(Openings.with(verdict, eligible, now));
        }

        private @Nullable Obstacle obstacle(
                Member<T> member, Status status, Set<Member<T>> eligible, Set<Member<T>> open) {
            if (!eligible.contains(member)) {
                String region = request.region();
                boolean elsewhere =
                        region != null && !region.equals(member.candidate().region());
                return elsewhere ? Obstacle.REGION : Obstacle.TAGS;
            }
            return status.verdict() == Verdict.OPEN && !open.contains(member) ? Obstacle.ORDER : null;
        }
    }
}
