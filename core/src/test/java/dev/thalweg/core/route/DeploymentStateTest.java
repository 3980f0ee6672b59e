package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentStateTest {
    private static final int THREADS = 4;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final DeploymentState state = new DeploymentState();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsUnderWayReturnsToNothingAndIsNeverMoreThanAllowed() throws Exception {
        Candidate three = Settings.candidate("a(max=3)");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        everyThread(seed -> {
            Random random = new Random(seed);
            for (int i = 0; i < 20_000; i++) {
                Ticket ticket = state.begin(three, i, random.nextBoolean());
                if (ticket != null) {
                    begun.incrementAndGet();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                    end(ticket, random.nextInt(4), i);
                    end(ticket, random.nextInt(4), i);
                }
            }
        });
        assertThat(state.inFlight()).isZero();
        assertThat(most.get()).isBetween(2, 3);
        assertThat(begun.get()).isPositive();
    }

    private static void end(Ticket ticket, int how, long now) {
        switch (how) {
            case 0 -> ticket.abandoned();
            case 1 -> ticket.failed(now, FailureClass.INTERNAL_SERVER, null, BreakerRules.DEFAULT);
            default -> ticket.succeeded(now, false, 1);
        }
    }

    @Test
    void thereIsOneTrialHoweverManyWantIt() throws Exception {
        Candidate any = Candidate.of("a");
        for (int round = 1; round <= 200; round++) {
            long now = Duration.ofHours(round).toNanos();
            Ticket failing = state.begin(any, now, false);
            assertThat(failing).isNotNull();
            assertThat(failing.failed(now, FailureClass.RATE_LIMIT, Duration.ofSeconds(1), BreakerRules.DEFAULT))
                    .isTrue();
            long after = now + Duration.ofSeconds(1).toNanos();
            List<Ticket> trials = new ArrayList<>();
            everyThread(seed -> {
                Ticket ticket = state.begin(any, after, false);
                if (ticket != null) {
                    synchronized (trials) {
                        trials.add(ticket);
                    }
                }
            });
            assertThat(trials).hasSize(1);
            assertThat(trials.get(0).trial()).isTrue();
            assertThat(trials.get(0).succeeded(after, false, 0)).isTrue();
        }
        assertThat(state.inFlight()).isZero();
    }

    @Test
    void everyoneInAQueueIsCalledOnce() throws Exception {
        Candidate one = Settings.candidate("a(max=1)");
        Member<String> member = new Member<>(one, state, "a");
        ModelGroup<String> group =
                new ModelGroup<>("g", List.of(member), Strategies.byDefault(), RetryRules.of(0), new GroupState());
        AtomicInteger served = new AtomicInteger();
        everyThread(seed -> {
            for (int i = 0; i < 2_000; i++) {
                RoutePlan<String> plan = new RoutePlan<>(
                        group,
                        name -> Optional.empty(),
                        RoutePolicy.DEFAULT,
                        RouteRequest.of(false),
                        RouteListener.NONE);
                Step<String> step = plan.begin(0, Scenario.LEAST);
                while (step instanceof Step.Queue<String>) {
                    var room = new Semaphore(0);
                    assertThat(plan.queue(room::release, 0)).isTrue();
                    assertThat(room.tryAcquire(30, TimeUnit.SECONDS))
                            .as("was called")
                            .isTrue();
                    step = plan.resume(0, Scenario.LEAST);
                }
                assertThat(step).isInstanceOf(Step.Attempt.class);
                served.incrementAndGet();
                plan.succeeded(0, 0);
            }
        });
        assertThat(served).hasValue(THREADS * 2_000);
        assertThat(state.inFlight()).isZero();
        assertThat(group.state().queued()).isZero();
    }

    /** What one thread does. */
    private interface Work {
        void run(int seed) throws Exception;
    }

    private void everyThread(Work work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            Callable<Void> task = () -> {
                together.await(10, TimeUnit.SECONDS);
                work.run(seed);
                return null;
            };
            all.add(threads.submit(task));
        }
        for (Future<Void> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
    }
}
