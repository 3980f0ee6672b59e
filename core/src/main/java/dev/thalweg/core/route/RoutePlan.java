package dev.thalweg.core.route;

import dev.thalweg.core.route.DeploymentState.Verdict;
import dev.thalweg.core.route.FailureClass.Again;
import dev.thalweg.core.route.FailureClass.Fallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final RoutePolicy policy;
    private final RouteRequest request;
    private final RouteListener<? super T> listener;
    private final Fallbacks<T> fallbacks;
    private final Retries retries;
    private final QueueSeat seat;
    private final List<DeploymentState> tried = new ArrayList<>(0);
    private ModelGroup<T> group;
    private @Nullable Member<T> member;
    private @Nullable Ticket ticket;
    private @Nullable Rival<T> rival;

    /** A second attempt beside the first. */
    private record Rival<T>(Member<T> member, Ticket ticket) {}

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
            RouteListener<? super T> listener) {
        this.group = first;
        this.policy = policy;
        this.request = request;
        this.listener = listener;
        this.fallbacks = new Fallbacks<>(first.name(), groups, policy, request);
        this.retries = new Retries(request);
        this.seat = new QueueSeat(policy);
    }

    /** The first step. */
    public Step<T> begin(long now, RandomGenerator random) {
        group.state().retries().request(now);
        return enter(now, random);
    }

    /** The next step after a wait, or when there is room. */
    public Step<T> resume(long now, RandomGenerator random) {
        seat.called(now);
        return enter(now, random);
    }

    /**
     * Joins the queue after {@link Step.Queue}.
     *
     * @param resume called once when there may be room, by any thread: by this one where room was made meanwhile
     * @return false where the queue is full, which is to be told as {@link #queueTimeout}
     */
    public boolean queue(Runnable resume, long now) {
        return seat.take(group.state(), eligible(), resume, now);
    }

    /** The next step when nobody made room in time, or too many wait for it. */
    public Step<T> queueTimeout(long now, RandomGenerator random) {
        seat.leave(now);
        Step<T> next = choose(open(now), now, random, false);
        if (next == null) {
            next = nextGroup(FailureClass.RATE_LIMIT, now, random);
        }
        return next != null ? next : refuse(FailureClass.RATE_LIMIT, null, QueueSeat.NO_ROOM);
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
                listener.recovered(member);
            }
            ended(member);
        }
    }

    /**
     * The attempt, or the wait for one, ended in a way that says nothing about the deployment: the caller left, this process
     * stops.
     */
    public void abandoned() {
        seat.giveUp();
        hedgeLost();
        if (ticket != null && member != null) {
            ticket.abandoned();
            ended(member);
        }
    }

    /** The attempt failed when no other one is possible any more. Its deployment's health learns of it. */
    public void failedForGood(FailureClass failure, @Nullable Duration asked, long now) {
        if (ticket != null && member != null) {
            failedAt(member, ticket, failure, asked, now);
            ended(member);
        }
    }

    private void failedAt(Member<T> at, Ticket of, FailureClass failure, @Nullable Duration asked, long now) {
        if (of.failed(now, failure, asked, policy.breaker())) {
            listener.coolsDown(at, failure, left(at, now));
        }
    }

    /** How long it is still left alone. */
    private static Duration left(Member<?> of, long now) {
        return Duration.ofNanos(of.status(now).coolingNanos());
    }

    /**
     * The attempt failed before the caller got anything of it.
     *
     * @param asked how long the provider wants to be left alone; null where it did not say
     * @param leftNanos how much of the request's time is left
     */
    public Step<T> failed(
            FailureClass failure, @Nullable Duration asked, long now, long leftNanos, RandomGenerator random) {
        return failed(failure, true, asked, now, leftNanos, random);
    }

    /**
     * The same.
     *
     * @param mayRepeat whether the deployment itself may be asked again, as far as the provider says
     */
    public Step<T> failed(
            FailureClass failure,
            boolean mayRepeat,
            @Nullable Duration asked,
            long now,
            long leftNanos,
            RandomGenerator random) {
        failedForGood(failure, asked, now);
        if (leftNanos <= 0) {
            return stop("the time for the request is over");
        }
        if (member != null && !tried.contains(member.state())) {
            tried.add(member.state());
        }
        Step<T> next = again(failure, mayRepeat, asked, now, leftNanos, random);
        if (next == null) {
            next = nextGroup(failure, now, random);
        }
        return next != null ? next : stop("nothing is left to try after " + words(failure));
    }

    // A second attempt beside the first.

    /** Asks another open deployment of the group beside the one under way; null where there is none. */
    public Step.@Nullable Attempt<T> hedge(long now, RandomGenerator random) {
        if (ticket == null || member == null || rival != null) {
            return null;
        }
        List<DeploymentState> gone = new ArrayList<>(tried);
        gone.add(member.state());
        List<Member<T>> others = Openings.open(eligible(), gone, now);
        if (others.isEmpty()) {
            return null;
        }
        Member<T> chosen = group.strategy().choose(others, request, now, random);
        Ticket begun = chosen.state().begin(chosen.candidate(), now, false);
        if (begun == null) {
            return null;
        }
        rival = new Rival<>(chosen, begun);
        listener.hedged(chosen);
        return new Step.Attempt<>(group, chosen, false, "a second one, because the first is slow to begin");
    }

    /** The second attempt was the faster one: the first is let go, and known to take at least as long as it had. */
    public void hedgeWon(long now) {
        if (rival != null) {
            firstToken(now);
            if (ticket != null && member != null) {
                ticket.abandoned();
                ended(member);
            }
            promote(rival);
        }
    }

    /** The first attempt was the faster one: the second is let go. */
    public void hedgeLost() {
        Rival<T> lost = rival;
        rival = null;
        if (lost != null) {
            lost.ticket().abandoned();
            lost.member().state().freed();
        }
    }

    /** The second attempt failed; the first goes on. */
    public void hedgeFailed(FailureClass failure, @Nullable Duration asked, long now) {
        Rival<T> lost = rival;
        rival = null;
        if (lost != null) {
            tried.add(lost.member().state());
            failedAt(lost.member(), lost.ticket(), failure, asked, now);
            lost.member().state().freed();
        }
    }

    /** The first attempt failed while the second goes on, which takes its place. */
    public void hedgeRemains(FailureClass failure, @Nullable Duration asked, long now) {
        if (rival != null) {
            if (member != null) {
                tried.add(member.state());
            }
            failedForGood(failure, asked, now);
            promote(rival);
        }
    }

    private void promote(Rival<T> winner) {
        member = winner.member();
        ticket = winner.ticket();
        rival = null;
    }

    /** How many groups it has gone on to. */
    public int fallbacks() {
        return fallbacks.used();
    }

    /** The deployment that serves now; null while none does. */
    public @Nullable Member<T> member() {
        return member;
    }

    /** The group that serves now. */
    public ModelGroup<T> group() {
        return group;
    }

    /** Whether there would be somewhere else to go at once if the attempt under way came to nothing. */
    public boolean hasAlternative(long now) {
        List<DeploymentState> gone = new ArrayList<>(tried);
        if (member != null) {
            gone.add(member.state());
        }
        boolean another = retries.made() < retries.allowed(FailureClass.TIMEOUT, group, member)
                && Openings.anyOpen(eligible(), gone, now);
        return another
                || fallbacks.peek(Fallback.GENERAL, group, other -> Openings.anyOpen(eligible(other), gone, now))
                        != null;
    }

    /** Whether another attempt, here or elsewhere, would follow if the one under way failed without its own fault. */
    public boolean mayGoOn(long now) {
        return retries.made() < retries.allowed(FailureClass.TIMEOUT, group, member) || hasAlternative(now);
    }

    /** Whether a group stands in after a failure of this class. */
    public boolean standsIn(FailureClass failure) {
        return fallbacks.peek(failure.fallback(), group, this::mayServe) != null;
    }

    private void ended(Member<T> which) {
        ticket = null;
        which.state().freed();
    }

    // Within the group.

    private Step<T> enter(long now, RandomGenerator random) {
        List<Member<T>> eligible = eligible();
        if (eligible.isEmpty()) {
            Step<T> other = nextGroup(FailureClass.RATE_LIMIT, now, random);
            return other != null
                    ? other
                    : refuse(
                            FailureClass.BAD_REQUEST,
                            null,
                            "no deployment of '" + group.name() + "' has what the request asks for");
        }
        Step<T> chosen = choose(Openings.open(eligible, tried, now), now, random, false);
        if (chosen == null && !tried.isEmpty()) {
            chosen = choose(open(now), now, random, false);
        }
        return chosen != null ? chosen : closed(eligible, now, random);
    }

    /** All that are eligible are left alone, full or spent. */
    private Step<T> closed(List<Member<T>> eligible, long now, RandomGenerator random) {
        Step<T> step = openGroup(Fallback.GENERAL, now, random);
        List<Member<T>> spent = Openings.with(Verdict.LIMITED, eligible, now);
        if (step == null && !policy.enforceLimits()) {
            step = choose(Openings.lowestOrder(spent), now, random, true);
        }
        if (step == null && Openings.with(Verdict.FULL, eligible, now).isEmpty()) {
            // Whoever is full is healthy, and worth a wait; whoever is left alone is asked where nobody else is left.
            List<Member<T>> cooling = Openings.withRoom(Openings.with(Verdict.COOLING, eligible, now));
            step = choose(Openings.lowestOrder(cooling), now, random, true);
            if (step == null && !spent.isEmpty()) {
                step = refuse(
                        FailureClass.RATE_LIMIT,
                        Duration.ofSeconds(5),
                        "all deployments of '" + group.name() + "' have spent this minute's requests or tokens");
            }
        }
        return step != null ? step : queued(eligible, now);
    }

    private Step<T> queued(List<Member<T>> eligible, long now) {
        Duration left = seat.timeLeft(now);
        if (left.isZero()) {
            return refuse(FailureClass.RATE_LIMIT, null, QueueSeat.NO_ROOM);
        }
        seat.wanted(eligible, group.state(), now);
        return new Step.Queue<>(group, left, "all deployments of '" + group.name() + "' are full");
    }

    private @Nullable Step<T> again(
            FailureClass failure,
            boolean mayRepeat,
            @Nullable Duration asked,
            long now,
            long leftNanos,
            RandomGenerator random) {
        int allowed = retries.allowed(failure, group, member);
        if (retries.made() >= allowed) {
            return null;
        }
        List<Member<T>> others = Openings.open(eligible(), tried, now);
        if (!others.isEmpty()) {
            retries.elsewhere(group, now);
            return choose(others, now, random, false);
        }
        boolean elsewhere = open(now).isEmpty() && fallbacks.peek(failure.fallback(), group, this::mayServe) != null;
        if (!mayRepeat || failure.again() == Again.ELSEWHERE || elsewhere) {
            return null;
        }
        Optional<Duration> wait =
                new RetryPolicy(allowed).next(retries.made() + 1, true, asked, leftNanos, random.nextDouble());
        if (wait.isEmpty() || !retries.take(group, now)) {
            return null;
        }
        return new Step.Wait<>(wait.get(), "the same again after " + words(failure));
    }

    /** Null where none of these may be asked any more. */
    private @Nullable Step<T> choose(List<Member<T>> among, long now, RandomGenerator random, boolean anyway) {
        if (ticket != null) {
            throw new IllegalStateException("an attempt is under way");
        }
        List<Member<T>> left = among;
        while (!left.isEmpty()) {
            Member<T> chosen = group.strategy().choose(left, request, now, random);
            Verdict verdict = anyway ? chosen.verdict(now) : Verdict.OPEN;
            Ticket begun = chosen.state().begin(chosen.candidate(), now, anyway);
            if (begun != null) {
                member = chosen;
                ticket = begun;
                if (verdict == Verdict.COOLING && chosen.state().firstEvenSo()) {
                    listener.askedEvenSo(chosen, left(chosen, now));
                }
                return new Step.Attempt<>(
                        group, chosen, verdict == Verdict.COOLING, why(among.size(), begun.trial(), verdict));
            }
            left = left.stream().filter(one -> !one.equals(chosen)).toList();
        }
        return null;
    }

    private String why(int among, boolean trial, Verdict verdict) {
        return switch (verdict) {
            case COOLING -> "all are left alone and there is no fallback";
            case LIMITED -> "all have spent this minute's requests or tokens and there is no fallback";
            case OPEN, FULL ->
                trial
                        ? "a trial after it was left alone"
                        : among == 1 ? "the only one open" : group.strategy().name();
        };
    }

    private List<Member<T>> open(long now) {
        return Openings.open(eligible(), List.of(), now);
    }

    private List<Member<T>> eligible() {
        return eligible(group);
    }

    private List<Member<T>> eligible(ModelGroup<T> of) {
        return Eligible.of(of.members(), request, policy);
    }

    private boolean mayServe(ModelGroup<T> other) {
        return !eligible(other).isEmpty();
    }

    // To another group.

    /** Goes on to a group in which somebody is open, else to one whose deployments are all left alone; null without any. */
    private @Nullable Step<T> nextGroup(FailureClass failure, long now, RandomGenerator random) {
        Step<T> open = openGroup(failure.fallback(), now, random);
        return open != null ? open : goOn(fallbacks.next(failure.fallback(), group, this::mayServe), now, random);
    }

    private @Nullable Step<T> openGroup(Fallback kind, long now, RandomGenerator random) {
        return goOn(fallbacks.next(kind, group, other -> Openings.anyOpen(eligible(other), tried, now)), now, random);
    }

    private @Nullable Step<T> goOn(@Nullable ModelGroup<T> next, long now, RandomGenerator random) {
        if (next == null) {
            return null;
        }
        group = next;
        retries.restart();
        group.state().retries().request(now);
        return enter(now, random);
    }

    /** What the driver does not know yet is told only where no deployment was asked: else it has a failure to tell. */
    private Step<T> refuse(FailureClass failure, @Nullable Duration retryAfter, String why) {
        return member == null ? new Step.Stop<>(failure, retryAfter, why) : stop(why);
    }

    private Step<T> stop(String why) {
        return new Step.Stop<>(null, null, why);
    }

    private static String words(FailureClass failure) {
        return failure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
