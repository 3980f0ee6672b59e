package dev.thalweg.core.route;

import static dev.thalweg.core.route.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.route.Simulation.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routing does over time and many requests. */
class SimulationTest {
    private static final long MILLI = 1_000_000;
    private static final int RATE = 200;

    private static RoutePolicy withFallback() {
        RoutePolicy none = RoutePolicy.DEFAULT;
        return new RoutePolicy(
                none.breaker(),
                Map.of("gpt", List.of("other")),
                Map.of("gpt", List.of("other")),
                Map.of(),
                List.of(),
                none.maxFallbacks(),
                false,
                true,
                false,
                20,
                Duration.ofSeconds(2));
    }

    /** Healthy for a minute, dead for five, healthy again. */
    @ParameterizedTest(name = "fails after {0} ms")
    @ValueSource(longs = {5, 300, 3_000})
    void aDeadPrimaryLosesNoRequestAndIsHardlyAsked(long failsAfter) {
        long dies = 60 * SECOND;
        long heals = 360 * SECOND;
        Simulation world = new Simulation(
                1,
                withFallback(),
                (id, now, random) -> id.equals("primary") && now >= dies && now < heals
                        ? new Answer(FailureClass.INTERNAL_SERVER, null, failsAfter * MILLI)
                        : new Answer(null, null, 50 * MILLI));
        world.group("gpt", RetryRules.of(2), "primary");
        world.group("other", RetryRules.of(2), "fallback");
        for (int i = 0; i < 480 * RATE; i++) {
            world.request("gpt", i * SECOND / RATE, 60 * SECOND, RouteRequest.of(false));
        }
        world.run();

        assertThat(world.calls).allSatisfy(call -> assertThat(call.good).isTrue());
        // Those that were sent before the first failures came back cannot know.
        long opened = dies + failsAfter * MILLI + Breaker.IN_A_ROW * SECOND / RATE + 1_500 * MILLI;
        long most = 0;
        for (long second = opened; second < heals; second += SECOND) {
            most = Math.max(most, world.attemptsAt("primary", second, Math.min(heals, second + SECOND)));
        }
        assertThat(most).isLessThanOrEqualTo(5);
        long trials = world.attempts.stream()
                .filter(one -> one.deployment().equals("fallback") && one.time() > heals)
                .mapToLong(Simulation.Attempt::time)
                .max()
                .orElse(heals);
        assertThat(world.attemptsAt("primary", heals, trials))
                .as("trials until it serves all again")
                .isEqualTo(1);
        assertThat(trials).isLessThan(heals + 61 * SECOND);
    }

    @Test
    void whereAllFailsRetriesAreAFifthOfTheRequests() {
        Simulation world = new Simulation(
                2,
                RoutePolicy.DEFAULT,
                (id, now, random) -> new Answer(FailureClass.INTERNAL_SERVER, null, 20 * MILLI));
        world.group("gpt", RetryRules.of(3), "a b");
        int requests = 120 * RATE;
        for (int i = 0; i < requests; i++) {
            world.request("gpt", i * SECOND / RATE, 60 * SECOND, RouteRequest.of(false));
        }
        world.run();
        int retries = world.attempts.size() - requests;
        assertThat(retries).isBetween(requests / 6, requests / 5);
        assertThat(world.calls).allSatisfy(call -> assertThat(call.good).isFalse());
    }

    @Test
    void atATrickleThereAreAlwaysRetries() {
        Simulation world = new Simulation(
                3,
                RoutePolicy.DEFAULT,
                (id, now, random) -> new Answer(id.equals("a") ? FailureClass.TIMEOUT : null, null, MILLI));
        world.group("gpt", RetryRules.of(1), "a b");
        for (int i = 0; i < 300; i++) {
            world.request("gpt", i * 4 * SECOND, 60 * SECOND, RouteRequest.of(false));
        }
        world.run();
        assertThat(world.calls).allSatisfy(call -> assertThat(call.good).isTrue());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensEveryRequestEndsAndNothingIsLost(int seed) {
        int[] most = {0, 0};
        Simulation[] self = new Simulation[1];
        Simulation world = new Simulation(seed, withFallback(), (id, now, random) -> {
            most[0] = Math.max(most[0], self[0].states.get("a").inFlight());
            most[1] = Math.max(most[1], self[0].states.get("c").inFlight());
            return anything(random);
        });
        self[0] = world;
        Random random = world.random;
        world.group("gpt", RetryRules.of(random.nextInt(4)), "a(max=3) b(order=1,rpm=50,tags=x) c(max=1,weight=0)");
        world.group("other", RetryRules.of(1), "c(max=1) d(max=2,region=eu)");
        for (int i = 0; i < 2_000; i++) {
            RouteRequest request = new RouteRequest(
                    random.nextBoolean(),
                    Set.of(),
                    random.nextInt(10) == 0 ? "eu" : null,
                    null,
                    random.nextInt(5) == 0 ? random.nextInt(4) : null,
                    random.nextInt(20) == 0 ? List.of("other", "gpt", "nosuch") : null,
                    random.nextInt(10) == 0,
                    name -> true);
            long at = random.nextLong(300 * SECOND);
            Simulation.Call call = world.request(
                    random.nextInt(4) == 0 ? "other" : "gpt", at, random.nextLong(1, 40) * SECOND, request);
            if (random.nextInt(5) == 0) {
                world.at(at + random.nextLong(1, 20 * SECOND), call::leave);
            }
        }
        world.run();

        assertThat(world.calls).allSatisfy(call -> {
            assertThat(call.good).isNotNull();
            assertThat(call.made).isLessThanOrEqualTo((1 + 1) * (1 + 3));
            assertThat(call.plan.fallbacks()).isLessThanOrEqualTo(1);
        });
        assertThat(world.states)
                .allSatisfy((id, state) -> assertThat(state.inFlight()).as(id).isZero());
        assertThat(world.groups)
                .allSatisfy((name, group) ->
                        assertThat(group.state().queued()).as(name).isZero());
        assertThat(most[0]).isBetween(1, 3);
        assertThat(most[1]).isEqualTo(1);
        assertThat(world.calls.stream()
                        .filter(call -> Boolean.TRUE.equals(call.good))
                        .count())
                .isPositive();
    }

    private static Answer anything(Random random) {
        long nanos = random.nextInt(20) == 0 ? random.nextLong(60 * SECOND) : random.nextLong(2 * SECOND);
        if (random.nextInt(3) > 0) {
            return new Answer(null, null, nanos);
        }
        FailureClass[] classes = FailureClass.values();
        Duration asked = random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(400)) : null;
        return new Answer(classes[random.nextInt(classes.length)], asked, nanos);
    }
}
