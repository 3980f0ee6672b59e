package dev.thalweg;

import dev.thalweg.core.route.RoutePlan;
import dev.thalweg.core.route.Step;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Usage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the plan of a call from attempt to attempt until one has begun to answer, and tells the plan how that one ends.
 * Used by one thread at a time, which blocks while it waits.
 */
final class Course {
    private final Call call;
    private final RoutePlan<Endpoint> plan;
    private final AttemptLog attempts;
    private final RandomGenerator random;
    private @Nullable ThalwegException last;

    Course(Call call, RoutePlan<Endpoint> plan, AttemptLog attempts, RandomGenerator random) {
        this.call = call;
        this.plan = plan;
        this.attempts = attempts;
        this.random = random;
    }

    /** What the first attempt gives that does not fail. */
    <T> T follow(Function<Endpoint, T> attempt) {
        boolean answered = false;
        try {
            Step<Endpoint> step = plan.begin(now(), random);
            while (true) {
                call.checkWanted(last);
                if (step instanceof Step.Attempt<Endpoint> next) {
                    Endpoint endpoint = next.member().target();
                    attempts.begin(endpoint);
                    try {
                        T answer = attempt.apply(endpoint);
                        answered = true;
                        return answer;
                    } catch (ThalwegException e) {
                        step = failed(e);
                    }
                } else {
                    step = withoutAttempt(step);
                }
            }
        } finally {
            if (!answered) {
                plan.abandoned();
            }
        }
    }

    private Step<Endpoint> withoutAttempt(Step<Endpoint> step) {
        return switch (step) {
            case Step.Wait<Endpoint> wait -> {
                boolean unused = call.await(new CountDownLatch(1), wait.time().toNanos(), last);
                yield plan.resume(now(), random);
            }
            case Step.Queue<Endpoint> queue -> queued(queue);
            case Step.Stop<Endpoint> stop -> throw last != null ? last : call.unserved(stop);
            case Step.Attempt<Endpoint> attempt -> attempt;
        };
    }

    private Step<Endpoint> failed(ThalwegException e) {
        ThalwegException failure = attempts.failed(e);
        if (call.endedBy(failure)) {
            plan.abandoned();
            throw failure;
        }
        last = failure;
        RouteFailure means = RouteFailure.of(failure);
        return plan.failed(means.kind(), means.mayRepeat(), means.asked(), now(), call.left(), random);
    }

    /** Waits until a deployment has room; whoever makes it tells, on its own thread. */
    private Step<Endpoint> queued(Step.Queue<Endpoint> queue) {
        CountDownLatch turn = new CountDownLatch(1);
        if (!plan.queue(turn::countDown, now())) {
            return plan.queueTimeout(now(), random);
        }
        boolean called = call.await(turn, Math.min(queue.most().toNanos(), call.left()), last);
        if (call.left() <= 0) {
            throw last != null ? last : call.late();
        }
        return called ? plan.resume(now(), random) : plan.queueTimeout(now(), random);
    }

    // Of the attempt that answers.

    /** Whether somebody else could be asked at once if it came to nothing. */
    boolean hasAlternative() {
        return plan.hasAlternative(now());
    }

    void firstToken() {
        plan.firstToken(now());
    }

    /** The whole answer is there. */
    void succeeded(Answer answer) {
        attempts.succeeded();
        answer.attempts(attempts.ended());
        plan.succeeded(now(), answer.usage().map(Usage::totalTokens).orElse(0L));
    }

    /** It broke when something of it had been handed out. Gives the failure to tell. */
    ThalwegException failedForGood(ThalwegException e, Answer answer) {
        ThalwegException failure = attempts.failed(e);
        answer.attempts(attempts.ended());
        if (call.endedBy(failure)) {
            plan.abandoned();
        } else {
            RouteFailure means = RouteFailure.of(failure);
            plan.failedForGood(means.kind(), means.asked(), now());
        }
        return failure;
    }

    /** Nobody wants the rest of it. */
    void abandoned() {
        plan.abandoned();
    }

    private static long now() {
        return System.nanoTime();
    }
}
