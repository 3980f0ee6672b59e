package dev.thalweg.core.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests over virtual time against deployments that answer as they are told. The same seed is the same story. */
final class Simulation {
    static final long SECOND = 1_000_000_000L;

    final Random random;
    final Map<String, ModelGroup<String>> groups = new HashMap<>();
    final Map<String, DeploymentState> states = new HashMap<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    private final Upstream upstream;
    private final RoutePolicy policy;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private long number;
    long now;

    /** How a deployment answers. */
    interface Upstream {
        Answer answer(String deployment, long now, Random random);
    }

    /** An answer: null for a good one, and how long it takes. */
    record Answer(@Nullable FailureClass failure, @Nullable Duration asked, long nanos) {}

    /** An attempt that was made. */
    record Attempt(String deployment, long time, boolean panic) {}

    private record Event(long time, long number, Runnable what) {}

    Simulation(long seed, RoutePolicy policy, Upstream upstream) {
        this.random = new Random(seed);
        this.policy = policy;
        this.upstream = upstream;
    }

    void group(String name, RetryRules retries, String members) {
        List<Member<String>> all = new ArrayList<>();
        for (String text : members.split(" ")) {
            Candidate one = Settings.candidate(text);
            all.add(new Member<>(one, states.computeIfAbsent(one.id(), id -> new DeploymentState()), one.id()));
        }
        groups.put(name, new ModelGroup<>(name, all, Strategies.byDefault(), retries, new GroupState()));
    }

    /** A request for the group at that time, with so much time in all. */
    Call request(String group, long at, long timeout, RouteRequest request) {
        Call call = new Call(group, at + timeout, request);
        calls.add(call);
        at(at, call::begin);
        return call;
    }

    void at(long time, Runnable what) {
        events.add(new Event(time, number++, what));
    }

    void run() {
        while (!events.isEmpty()) {
            if (number > 10_000_000) {
                throw new IllegalStateException("it does not come to an end");
            }
            Event next = events.remove();
            now = next.time();
            next.what().run();
        }
    }

    long attemptsAt(String deployment, long from, long to) {
        return attempts.stream()
                .filter(one -> one.deployment().equals(deployment) && one.time() >= from && one.time() < to)
                .count();
    }

    /** One request and its driver. */
    final class Call {
        final RoutePlan<String> plan;
        final long deadline;
        int made;

        @Nullable
        Boolean good;

        private int turn;

        private Call(String group, long deadline, RouteRequest request) {
            this.deadline = deadline;
            this.plan = new RoutePlan<>(
                    groups.get(group),
                    name -> Optional.ofNullable(groups.get(name)),
                    policy,
                    request,
                    RouteListener.NONE);
        }

        void begin() {
            next(plan.begin(now, random));
        }

        /** The caller leaves. */
        void leave() {
            if (good == null) {
                plan.abandoned();
                end(false);
            }
        }

        private void next(Step<String> step) {
            int mine = ++turn;
            switch (step) {
                case Step.Attempt<String> attempt -> ask(attempt, mine);
                case Step.Wait<String> wait -> later(wait.time().toNanos(), mine, this::resume);
                case Step.Queue<String> queue -> enqueue(queue, mine);
                case Step.Stop<String> stop -> end(false);
            }
        }

        private void later(long nanos, int mine, Runnable what) {
            at(now + nanos, () -> {
                if (mine == turn && good == null) {
                    what.run();
                }
            });
        }

        private void resume() {
            next(plan.resume(now, random));
        }

        private void enqueue(Step.Queue<String> queue, int mine) {
            Runnable room = () -> later(0, mine, this::resume);
            if (plan.queue(room, now)) {
                later(
                        Math.min(queue.most().toNanos(), deadline - now),
                        mine,
                        () -> next(plan.queueTimeout(now, random)));
            } else {
                next(plan.queueTimeout(now, random));
            }
        }

        private void ask(Step.Attempt<String> attempt, int mine) {
            made++;
            String id = attempt.member().target();
            attempts.add(new Attempt(id, now, attempt.panic()));
            Answer answer = upstream.answer(id, now, random);
            if (now + answer.nanos() > deadline) {
                later(deadline - now, mine, () -> failed(FailureClass.TIMEOUT, null));
            } else if (answer.failure() != null) {
                later(answer.nanos(), mine, () -> failed(answer.failure(), answer.asked()));
            } else {
                later(answer.nanos(), mine, () -> {
                    plan.succeeded(now, 10);
                    end(true);
                });
            }
        }

        private void failed(FailureClass failure, @Nullable Duration asked) {
            next(plan.failed(failure, asked, now, deadline - now, random));
        }

        private void end(boolean well) {
            if (good != null) {
                throw new IllegalStateException("ended twice");
            }
            good = well;
        }
    }
}
