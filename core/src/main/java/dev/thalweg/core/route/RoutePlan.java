package dev.thalweg.core.route;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where one request goes, attempt after attempt: told what happened and the time, it says what next. It keeps no clock and
 * has no dice of its own. Not thread-safe.
 *
 * @param <T> the driver's own view of a deployment
 */
public final class RoutePlan<T> {
    private final Function<String, Optional<ModelGroup<T>>> groups;
    private final RoutePolicy policy;
    private final RouteRequest request;
    private final RouteListener listener;
    private final Set<String> visited = new HashSet<>(2);
    private final Deque<String> standIns = new ArrayDeque<>(0);
    private final List<Member<T>> tried = new ArrayList<>(1);
    private ModelGroup<T> group;
    private @Nullable Member<T> member;
    private @Nullable Ticket ticket;
    private int retries;
    private int fallbacks;

    /**
     * A plan for one request.
     *
     * @param first the group that was asked for
     * @param groups finds others by name
     */
    public RoutePlan(
            ModelGroup<T> first,
            Function<String, Optional<ModelGroup<T>>> groups,
            RoutePolicy policy,
            RouteRequest request,
            RouteListener listener) {
        this.group = first;
        this.groups = groups;
        this.policy = policy;
        this.request = request;
        this.listener = listener;
        visited.add(first.name());
    }

    /** The first step. */
    public Step<T> begin(long now, RandomGenerator random) {
        group.state().retries().request(now);
        return enter(now, random);
    }

    /** The next step after a wait, or when there is room. */
    public Step<T> resume(long now, RandomGenerator random) {
        return enter(now, random);
    }

    /** The next step when nobody made room in time. */
    public Step<T> queueTimeout(long now, RandomGenerator random) {
        Step<T> other = nextGroup(FailureClass.RATE_LIMIT, now, random);
        return other != null
                ? other
                : new Step.Stop<>(
                        FailureClass.RATE_LIMIT, null, "no deployment had room within the time to wait for it");
    }

    /** The attempt's first content has come. */
    public void firstToken(long now) {
        if (ticket != null && request.stream()) {
            long took = ticket.firstToken(now);
            if (took >= 0) {
                group.state().firstToken(took);
            }
        }
    }

    /** The attempt went well. */
    public void succeeded(long now, long tokens) {
        if (ticket != null && member != null) {
            if (ticket.succeeded(now, request.stream(), tokens)) {
                listener.recovered(member.candidate());
            }
            ticket = null;
            group.state().freed();
        }
    }

    /** The attempt ended in a way that says nothing about its deployment: the caller left, this process stops. */
    public void abandoned() {
        if (ticket != null) {
            ticket.abandoned();
            ticket = null;
            group.state().freed();
        }
    }

    /** The attempt failed when no other one is possible any more. Its deployment's health learns of it. */
    public void failedForGood(FailureClass failure, @Nullable Duration asked, long now) {
        if (ticket != null && member != null) {
            if (ticket.failed(now, failure, asked, policy.breaker())) {
                listener.coolsDown(
                        member.candidate(),
                        failure,
                        Duration.ofNanos(member.status(now).coolingNanos()));
            }
            ticket = null;
            group.state().freed();
        }
    }

    /**
     * The attempt failed before the caller got anything of it.
     *
     * @param asked how long the provider wants to be left alone; null where it did not say
     * @param leftNanos how much of the request's time is left
     */
    public Step<T> failed(
            FailureClass failure, @Nullable Duration asked, long now, long leftNanos, RandomGenerator random) {
        failedForGood(failure, asked, now);
        if (leftNanos <= 0) {
            return stop("the time for the request is over");
        }
        if (member != null) {
            tried.add(member);
        }
        Step<T> again = again(failure, asked, now, leftNanos, random);
        if (again == null) {
            again = nextGroup(failure, now, random);
        }
        return again != null ? again : stop("nothing is left to try after " + words(failure));
    }

    /** How many groups it has gone on to. */
    public int fallbacks() {
        return fallbacks;
    }

    /** The group that serves now. */
    public ModelGroup<T> group() {
        return group;
    }

    /** Whether there would be somewhere to go if the attempt under way came to nothing. */
    public boolean hasAlternative(long now) {
        Integer own = member == null ? null : member.candidate().retries();
        boolean mayRetry = retries < allowed(FailureClass.TIMEOUT, own);
        if (mayRetry
                && group.members().stream()
                        .anyMatch(other -> !other.equals(member) && isOpen(other, now) && !tried(other))) {
            return true;
        }
        return fallbacks < policy.maxFallbacks()
                && !standIns(FailureClass.TIMEOUT).isEmpty();
    }

    // Within the group.

    private Step<T> enter(long now, RandomGenerator random) {
        List<Member<T>> eligible = eligible();
        if (eligible.isEmpty()) {
            return orElse(now, random, "no deployment of '" + group.name() + "' has what the request asks for", null);
        }
        Step<T> chosen = choose(open(eligible, now, false), now, random, false);
        if (chosen == null) {
            chosen = choose(open(eligible, now, true), now, random, false);
        }
        return chosen != null ? chosen : closed(eligible, now, random);
    }

    /** All that are eligible are left alone, full or spent. */
    private Step<T> closed(List<Member<T>> eligible, long now, RandomGenerator random) {
        Step<T> other = nextGroup(FailureClass.RATE_LIMIT, now, random);
        if (other != null) {
            return other;
        }
        List<Member<T>> notFull = eligible.stream()
                .filter(one -> one.verdict(now) != DeploymentState.Verdict.FULL)
                .toList();
        boolean spent = !notFull.isEmpty()
                && notFull.stream().allMatch(one -> one.verdict(now) == DeploymentState.Verdict.LIMITED);
        if (spent && policy.enforceLimits()) {
            return new Step.Stop<>(
                    FailureClass.RATE_LIMIT,
                    Duration.ofSeconds(5),
                    "all deployments of '" + group.name() + "' have spent this minute's requests or tokens");
        }
        Step<T> anyway = choose(lowestOrder(notFull), now, random, true);
        return anyway != null
                ? anyway
                : new Step.Queue<>(
                        group,
                        policy.queueTimeout(),
                        policy.maxQueue(),
                        "all deployments of '" + group.name() + "' are full");
    }

    private @Nullable Step<T> again(
            FailureClass failure, @Nullable Duration asked, long now, long leftNanos, RandomGenerator random) {
        Integer own = member == null ? null : member.candidate().retries();
        int allowed = allowed(failure, own);
        if (retries >= allowed) {
            return null;
        }
        List<Member<T>> eligible = eligible();
        List<Member<T>> others = open(eligible, now, false);
        if (!others.isEmpty()) {
            return takeRetry(now) ? choose(others, now, random, false) : null;
        }
        boolean sameWillDo = failure.again() != FailureClass.Again.ELSEWHERE;
        boolean open = !open(eligible, now, true).isEmpty();
        if (!sameWillDo || (!open && !standIns(failure).isEmpty())) {
            return null;
        }
        Optional<Duration> wait =
                new RetryPolicy(allowed).next(retries + 1, true, asked, leftNanos, random.nextDouble());
        if (wait.isEmpty() || !takeRetry(now)) {
            return null;
        }
        return new Step.Wait<>(wait.get(), "the same again after " + words(failure));
    }

    private int allowed(FailureClass failure, @Nullable Integer own) {
        if (failure.again() == FailureClass.Again.NEVER
                || group.retries().retriesOf().containsKey(failure)) {
            return group.retries().after(failure);
        }
        Integer asked = request.retries();
        return asked != null ? asked : own != null ? own : group.retries().retries();
    }

    private boolean takeRetry(long now) {
        if (!group.state().retries().tryRetry(now)) {
            return false;
        }
        retries++;
        return true;
    }

    /** Null where none of these may be asked any more. */
    private @Nullable Step<T> choose(List<Member<T>> among, long now, RandomGenerator random, boolean anyway) {
        List<Member<T>> left = among;
        while (!left.isEmpty()) {
            Member<T> chosen = group.strategy().choose(left, request, now, random);
            Ticket begun = chosen.state().begin(chosen.candidate(), now, anyway);
            if (begun != null) {
                member = chosen;
                ticket = begun;
                return new Step.Attempt<>(group, chosen, anyway, why(among.size(), begun.trial(), anyway));
            }
            left = left.stream().filter(one -> !one.equals(chosen)).toList();
        }
        return null;
    }

    private String why(int among, boolean trial, boolean anyway) {
        if (anyway) {
            return "all are left alone and there is no fallback";
        }
        if (trial) {
            return "a trial after it was left alone";
        }
        return among == 1 ? "the only one open" : group.strategy().name();
    }

    private List<Member<T>> eligible() {
        if (request.tags().isEmpty() && request.region() == null && !policy.tagFiltering()) {
            return group.members();
        }
        return Eligible.of(group.members(), request, policy);
    }

    private List<Member<T>> open(List<Member<T>> eligible, long now, boolean triedToo) {
        if (eligible.size() == 1) {
            Member<T> only = eligible.get(0);
            return (triedToo || !tried(only)) && isOpen(only, now) ? eligible : List.of();
        }
        List<Member<T>> open = new ArrayList<>(eligible.size());
        for (Member<T> one : eligible) {
            if ((triedToo || !tried(one)) && isOpen(one, now)) {
                open.add(one);
            }
        }
        return lowestOrder(open);
    }

    private boolean isOpen(Member<T> one, long now) {
        return one.verdict(now) == DeploymentState.Verdict.OPEN;
    }

    private boolean tried(Member<T> one) {
        return tried.contains(one);
    }

    private static <T> List<Member<T>> lowestOrder(List<Member<T>> members) {
        if (members.size() < 2) {
            return members;
        }
        int lowest = Integer.MAX_VALUE;
        boolean same = true;
        for (Member<T> one : members) {
            int order = one.candidate().order();
            same &= lowest == Integer.MAX_VALUE || order == lowest;
            lowest = Math.min(lowest, order);
        }
        if (same) {
            return members;
        }
        int first = lowest;
        return members.stream().filter(one -> one.candidate().order() == first).toList();
    }

    // To another group.

    private Step<T> orElse(long now, RandomGenerator random, String why, @Nullable Duration retryAfter) {
        Step<T> other = nextGroup(FailureClass.RATE_LIMIT, now, random);
        return other != null ? other : new Step.Stop<>(FailureClass.BAD_REQUEST, retryAfter, why);
    }

    /** The next group that stands in after this failure and has somebody open; null where there is none. */
    private @Nullable Step<T> nextGroup(FailureClass failure, long now, RandomGenerator random) {
        for (String name : standIns(failure)) {
            if (!standIns.contains(name)) {
                standIns.add(name);
            }
        }
        if (failure.fallback() == FailureClass.Fallback.NONE) {
            return null;
        }
        while (!standIns.isEmpty() && fallbacks < policy.maxFallbacks()) {
            Optional<ModelGroup<T>> next = groups.apply(standIns.remove());
            if (next.isPresent() && visited.add(next.get().name())) {
                fallbacks++;
                group = next.get();
                retries = 0;
                tried.clear();
                group.state().retries().request(now);
                return enter(now, random);
            }
        }
        return null;
    }

    /** Those that are configured for the group after this failure, that exist, were not tried, and are the caller's to use. */
    private List<String> standIns(FailureClass failure) {
        if (request.fallbacksOff()) {
            return List.of();
        }
        List<String> asked = request.fallbacks();
        boolean general = failure.fallback() == FailureClass.Fallback.GENERAL;
        List<String> names = general && asked != null ? asked : policy.standIns(failure.fallback(), group.name());
        return names.stream()
                .filter(name -> !visited.contains(name) && request.mayUse().test(name))
                .filter(name -> groups.apply(name).isPresent())
                .toList();
    }

    /** Whether a group stands in after a failure of this class. */
    public boolean standsIn(FailureClass failure) {
        return fallbacks < policy.maxFallbacks() && !standIns(failure).isEmpty();
    }

    private Step<T> stop(String why) {
        return new Step.Stop<>(null, null, why);
    }

    private static String words(FailureClass failure) {
        return failure.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
