package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategiesTest {
    private static final long MILLI = 1_000_000;
    private final Random random = new Random(7);

    @Test
    void eachNameIsAStrategyOfThatName() {
        for (String name : Strategies.names()) {
            assertThat(Strategies.named(name).orElseThrow().name()).isEqualTo(name);
        }
        assertThat(Strategies.named("usage-based-routing-v2").orElseThrow().name())
                .isEqualTo("usage-based-routing");
        assertThat(Strategies.named("fastest")).isEmpty();
        assertThat(Strategies.byDefault().name()).isEqualTo("simple-shuffle");
    }

    @ParameterizedTest(name = "{0}: {1} of 100")
    @CsvSource(
            delimiter = '|',
            value = {
                "a(weight=9) b(weight=1) | 90",
                "a(weight=3) b           | 75",
                "a b                     | 50",
                "a(weight=0) b(weight=0) | 50",
                "a(weight=0) b           | 0",
                "a(weight=-5) b          | 0",
                "a(rpm=300) b(rpm=100)   | 75",
                "a(tpm=100) b(tpm=300)   | 25",
                "a(rpm=9223372036854775807) b(rpm=9223372036854775807) | 50",
                "a(rpm=1,weight=1) b(rpm=9,weight=1) | 50"
            })
    void shufflesByWeightElseByLimits(String members, int percent) {
        assertThat(share(Strategies.byDefault(), members(members), 20_000)).isCloseTo(percent, within(1.5));
    }

    @Test
    void nineToOneOver100000IsWithinThreeSigma() {
        double sigma = Math.sqrt(100_000 * 0.9 * 0.1);
        double toA = share(Strategies.byDefault(), members("a(weight=9) b(weight=1)"), 100_000) * 1_000;
        assertThat(toA).isCloseTo(90_000, within(3 * sigma));
    }

    @Test
    void lowestLatencyPrefersTheFasterOneUntilItIsBusy() {
        List<Member<String>> members = members("a b");
        measure(members.get(0), 100);
        measure(members.get(1), 300);
        Strategy strategy = named("latency-based-routing");
        assertThat(share(strategy, members, 100)).isEqualTo(100);
        for (int i = 0; i < 3; i++) {
            begin(members.get(0));
        }
        assertThat(share(strategy, members, 100)).isZero();
    }

    @Test
    void lowestLatencyTriesWhoWasNeverMeasuredWithOneRequestAtATime() {
        List<Member<String>> members = members("a b");
        measure(members.get(0), 100);
        Strategy strategy = named("latency-based-routing");
        assertThat(share(strategy, members, 100)).isZero();
        begin(members.get(1));
        assertThat(share(strategy, members, 100)).isEqualTo(100);
        begin(members.get(0));
        List<Member<String>> unknown = members("a b");
        unknown.forEach(StrategiesTest::begin);
        assertThat(share(strategy, unknown, 2_000)).isCloseTo(50, within(5.0));
    }

    @Test
    void lowestLatencyIsTheSlowestOnesOnlyByNoChanceAtAll() {
        List<Member<String>> members = members("a b c");
        measure(members.get(0), 300);
        measure(members.get(1), 100);
        measure(members.get(2), 200);
        Strategy strategy = named("latency-based-routing");
        Map<String, Integer> counts = counts(strategy, members, 3_000);
        assertThat(counts).doesNotContainKey("a");
        assertThat((double) counts.get("b")).isCloseTo(2_000, within(150.0));
    }

    @Test
    void whatIsUsualFollowsWhatIsNew() {
        Member<String> one = members("a").get(0);
        measure(one, 100);
        assertThat(one.state().latencyNanos(true)).isEqualTo(100 * MILLI);
        assertThat(one.state().latencyNanos(false)).isZero();
        measure(one, 200);
        assertThat(one.state().latencyNanos(true)).isEqualTo(120 * MILLI);
    }

    @Test
    void aSessionMeetsTheSameDeploymentAndAnotherSameOneWhileThatIsNotOpen() {
        List<Member<String>> members = members("a b c");
        Strategy strategy = named("session-affinity");
        Set<String> firsts = new HashSet<>();
        for (int session = 0; session < 50; session++) {
            RouteRequest request = session("s" + session);
            Member<String> first = strategy.choose(members, request, 0, random);
            assertThat(strategy.choose(members, request, 0, random)).isSameAs(first);
            List<Member<String>> others = new ArrayList<>(members);
            others.remove(first);
            Member<String> second = strategy.choose(others, request, 0, random);
            List<Member<String>> without = Stream.of(first, second).toList();
            assertThat(strategy.choose(without, request, 0, random)).isSameAs(first);
            firsts.add(first.target());
        }
        assertThat(firsts).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void sessionsAreSpreadByWeight() {
        List<Member<String>> members = members("a(weight=3) b(weight=1) c(weight=0)");
        Strategy strategy = named("session-affinity");
        Map<String, Integer> counts = new HashMap<>();
        for (int session = 0; session < 20_000; session++) {
            counts.merge(
                    strategy.choose(members, session("s" + session), 0, random).target(), 1, Integer::sum);
        }
        assertThat(counts.get("a") / 200.0).isCloseTo(75, within(1.5));
        assertThat(counts).doesNotContainKey("c");
        assertThat(share(strategy, members("a(weight=9) b(weight=1)"), 20_000))
                .as("without a session")
                .isCloseTo(90, within(1.5));
    }

    private static Strategy named(String name) {
        return Strategies.named(name).orElseThrow();
    }

    private static List<Member<String>> members(String text) {
        return Stream.of(text.split(" "))
                .map(Settings::candidate)
                .map(one -> new Member<>(one, new DeploymentState(), one.id()))
                .toList();
    }

    private static Ticket begin(Member<String> member) {
        Ticket ticket = member.state().begin(member.candidate(), 0, false);
        assertThat(ticket).isNotNull();
        return ticket;
    }

    private static void measure(Member<String> member, long millis) {
        Ticket ticket = begin(member);
        ticket.firstToken(millis * MILLI);
        ticket.succeeded(millis * MILLI, true, 0);
    }

    private static RouteRequest session(String name) {
        return new RouteRequest(false, Set.of(), null, name, null, null, false, group -> true);
    }

    /** The first one's share in percent. */
    private double share(Strategy strategy, List<Member<String>> members, int times) {
        return 100.0 * counts(strategy, members, times).getOrDefault("a", 0) / times;
    }

    private Map<String, Integer> counts(Strategy strategy, List<Member<String>> members, int times) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(
                    strategy.choose(members, RouteRequest.of(true), 0, random).target(), 1, Integer::sum);
        }
        return counts;
    }
}
