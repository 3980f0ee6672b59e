package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.route.DeploymentState.Verdict;
import dev.thalweg.core.route.FailureClass.Fallback;
import dev.thalweg.core.route.RouteExplanation.Obstacle;
import dev.thalweg.core.route.RouteExplanation.Option;
import dev.thalweg.core.route.RouteExplanation.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of a request is what its plan would do, and saying it changes nothing. */
class RouteExplanationTest {
    private static final long NOW = 1_000_000_000_000L;

    private final Map<String, ModelGroup<String>> groups = new LinkedHashMap<>();
    private final Settings settings = new Settings();

    private void group(String name, String... deployments) {
        List<Member<String>> members = new ArrayList<>();
        for (String one : deployments) {
            Candidate candidate = Settings.candidate(one);
            members.add(new Member<>(candidate, new DeploymentState(), candidate.id()));
        }
        groups.put(name, new ModelGroup<>(name, members, settings.strategy, settings.retries(), new GroupState()));
    }

    private Member<String> member(String group, int index) {
        return groups.get(group).members().get(index);
    }

    private void fails(Member<String> member, FailureClass failure) {
        Ticket ticket = member.state().begin(member.candidate(), NOW, true);
        ticket.failed(NOW, failure, null, BreakerRules.DEFAULT);
    }

    private RouteExplanation<String> explain(RouteRequest request) {
        return RouteExplanation.of(
                groups.get("gpt"), name -> Optional.ofNullable(groups.get(name)), settings.policy(), request, NOW);
    }

    private RouteExplanation<String> explain() {
        return explain(RouteRequest.of(true));
    }

    private static List<Double> chances(Standing<String> standing) {
        return standing.options().stream().map(Option::chance).toList();
    }

    private static String text(Step<String> step) {
        return switch (step) {
            case Step.Attempt<String> attempt ->
                (attempt.panic() ? "panic " : "") + attempt.group().name() + "/"
                        + attempt.member().target();
            case Step.Wait<String> wait -> "wait " + wait.time().toMillis();
            case Step.Queue<String> queue -> "queue " + queue.group().name();
            case Step.Stop<String> stop -> "stop";
        };
    }

    @Test
    void theLikeliestIsNamedAndTheChancesOfAll() {
        group("gpt", "a(weight=1)", "b(weight=3)");
        RouteExplanation<String> explanation = explain();
        assertThat(text(explanation.first())).isEqualTo("gpt/b");
        assertThat(explanation.first().why()).isEqualTo("simple-shuffle");
        assertThat(chances(explanation.asked())).containsExactly(0.25, 0.75);
        assertThat(explanation.asked().verdict()).contains(Verdict.OPEN);
    }

    @Test
    void nothingIsCountedAndNoTrialTaken() {
        group("gpt", "a(rpm=1,max=1)");
        fails(member("gpt", 0), FailureClass.RATE_LIMIT);
        long later = NOW + 6_000_000_000L;
        DeploymentState.Status before = member("gpt", 0).status(later);
        for (int i = 0; i < 20; i++) {
            RouteExplanation<String> explanation = RouteExplanation.of(
                    groups.get("gpt"), name -> Optional.empty(), settings.policy(), RouteRequest.of(true), later);
            assertThat(explanation.asked().mayRetry()).isTrue();
        }
        assertThat(before.trial()).isTrue();
        assertThat(member("gpt", 0).status(later)).isEqualTo(before);
    }

    @Test
    void whatKeepsARequestFromADeploymentIsNamed() {
        settings.set("on", "tags");
        group(
                "gpt",
                "a(region=eu,tags=x)",
                "b(region=us,tags=x)",
                "c(region=eu,tags=y)",
                "d(region=eu,order=1,tags=x)");
        RouteRequest request = new RouteRequest(false, Set.of("x"), "eu", null, null, null, false, name -> true);
        assertThat(explain(request).asked().options())
                .extracting(Option::obstacle)
                .containsExactly(null, Obstacle.REGION, Obstacle.TAGS, Obstacle.ORDER);
    }

    @Test
    void aGroupThatIsLeftAloneGoesOnToItsFallback() {
        settings.set("fallbacks gpt", "spare last");
        group("gpt", "a");
        group("spare", "b");
        group("last", "c");
        fails(member("gpt", 0), FailureClass.AUTHENTICATION);
        RouteExplanation<String> explanation = explain();
        assertThat(text(explanation.first())).isEqualTo("spare/b");
        assertThat(explanation.asked().verdict()).contains(Verdict.COOLING);
        assertThat(chances(explanation.asked())).containsExactly(0.0);
        List<Standing<String>> chain = explanation.standIns().get(Fallback.GENERAL);
        assertThat(chain).extracting(one -> one.group().name()).containsExactly("spare", "last");
        assertThat(chances(chain.get(0))).containsExactly(1.0);
    }

    @Test
    void withoutAFallbackTheDeploymentThatIsLeftAloneIsAskedAllTheSame() {
        group("gpt", "a", "b");
        fails(member("gpt", 0), FailureClass.NOT_FOUND);
        fails(member("gpt", 1), FailureClass.NOT_FOUND);
        RouteExplanation<String> explanation = explain();
        assertThat(text(explanation.first())).isEqualTo("panic gpt/a");
        assertThat(chances(explanation.asked())).containsExactly(0.5, 0.5);
    }

    @Test
    void aFullGroupQueuesUntilTheQueueIsFull() {
        settings.set("max-queue", "1");
        group("gpt", "a(max=1)");
        member("gpt", 0).state().begin(member("gpt", 0).candidate(), NOW, false);
        assertThat(text(explain().first())).isEqualTo("queue gpt");
        groups.get("gpt").state().queue(() -> {}, 1);
        RouteExplanation<String> explanation = explain();
        assertThat(text(explanation.first())).isEqualTo("stop");
        assertThat(explanation.asked().queued()).isEqualTo(1);
        assertThat(explanation.afterFailure()).isEmpty();
    }

    @Test
    void whatComesAfterAFailureIsSaidForEachClass() {
        settings.set("fallbacks gpt", "spare");
        settings.set("context gpt", "long");
        settings.set("retries RateLimit", "0");
        group("gpt", "a");
        group("spare", "b");
        group("long", "c");
        RouteExplanation<String> explanation = explain();
        assertThat(text(explanation.afterFailure().get(FailureClass.INTERNAL_SERVER)))
                .isEqualTo("wait 500");
        assertThat(text(explanation.afterFailure().get(FailureClass.RATE_LIMIT)))
                .isEqualTo("spare/b");
        assertThat(text(explanation.afterFailure().get(FailureClass.CONTEXT_WINDOW)))
                .isEqualTo("long/c");
        assertThat(text(explanation.afterFailure().get(FailureClass.BAD_REQUEST)))
                .isEqualTo("stop");
        assertThat(explanation.retries())
                .containsEntry(FailureClass.INTERNAL_SERVER, 2)
                .containsEntry(FailureClass.RATE_LIMIT, 0)
                .containsEntry(FailureClass.BAD_REQUEST, 0);
    }

    @Test
    void groupsThatAreNotTheCallersToUseAreNotSpokenOf() {
        settings.set("fallbacks gpt", "secret");
        group("gpt", "a");
        group("secret", "b");
        RouteRequest request = new RouteRequest(false, Set.of(), null, null, null, null, false, "gpt"::equals);
        assertThat(explain(request).standIns()).isEmpty();
    }
}
