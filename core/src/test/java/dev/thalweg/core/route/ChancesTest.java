package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chances that are told are those of the strategies. */
class ChancesTest {
    private static final int DRAWS = 4_000;
    private static final List<String> DEPLOYMENTS =
            List.of("a", "a(weight=3)", "a(weight=0)", "a(rpm=100)", "a(tpm=1000)", "a(price=0.1)", "a(price=2)");

    static List<String> strategies() {
        return Strategies.names();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void eachStrategyChoosesAsOftenAsItsChancesSay(String name) {
        Strategy strategy = Strategies.named(name).orElseThrow();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 40; round++) {
            List<Member<String>> open = members(random);
            RouteRequest request = RouteRequest.of(random.nextBoolean());
            double[] chances = Chances.of(strategy, open, request, 0);
            int[] chosen = new int[open.size()];
            for (int i = 0; i < DRAWS; i++) {
                chosen[open.indexOf(strategy.choose(open, request, 0, random))]++;
            }
            for (int i = 0; i < chosen.length; i++) {
                assertThat(chosen[i] / (double) DRAWS)
                        .as("%s, deployment %d of %s", name, i, open)
                        .isCloseTo(chances[i], within(0.04));
            }
        }
    }

    @Test
    void aSessionHasItsDeploymentForCertain() {
        Strategy strategy = Strategies.named("session-affinity").orElseThrow();
        List<Member<String>> open = members(new SplittableRandom(3));
        RouteRequest request = new RouteRequest(false, Set.of(), null, "me", null, null, false, name -> true);
        double[] chances = Chances.of(strategy, open, request, 0);
        Member<String> chosen = strategy.choose(open, request, 0, new SplittableRandom(1));
        assertThat(chances[open.indexOf(chosen)]).isEqualTo(1);
    }

    private static List<Member<String>> members(SplittableRandom random) {
        List<Member<String>> members = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Candidate candidate = Settings.candidate(
                    DEPLOYMENTS.get(random.nextInt(DEPLOYMENTS.size())).replaceFirst("a", "d" + i));
            members.add(new Member<>(candidate, state(candidate, random), candidate.id()));
        }
        return members;
    }

    private static DeploymentState state(Candidate candidate, SplittableRandom random) {
        DeploymentState state = new DeploymentState();
        int attempts = random.nextInt(3);
        for (int i = 0; i < attempts; i++) {
            Ticket ticket = state.begin(candidate, 0, true);
            if (ticket != null && random.nextBoolean()) {
                ticket.firstToken(1 + random.nextInt(1000));
                ticket.succeeded(1 + random.nextInt(1000), false, 10);
            }
        }
        return state;
    }
}
