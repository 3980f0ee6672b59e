package dev.thalweg.core.route;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of a group's deployments may serve a request. */
class EligibilityTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("a weight of nothing: only where nobody else is left", """
                        gpt = a(weight=0) b(weight=1)
                        begin -> ask b
                        500 -> ask a
                        """),
                Scenario.story("all weigh nothing: as if they weighed the same", """
                        gpt = a(weight=0) b(weight=0)
                        begin -> ask a
                        500 -> ask b
                        """),
                Scenario.story("the lowest order that is open", """
                        gpt = a(order=2) b(order=1) c(order=1)
                        x: begin -> ask b
                        x: 429 asked=9s -> ask c
                        x: 429 asked=9s -> ask a
                        x: ok
                        y: begin -> ask a
                        +9s
                        z: begin -> ask b trial
                        """),
                Scenario.story("tags: those that have one of them", """
                        on = tags
                        gpt = a(tags=paid) b(tags=free/default) c
                        begin tags=paid -> ask a
                        begin tags=free,paid -> ask a
                        begin tags=free -> ask b
                        begin tags=strange -> ask b
                        begin -> ask b
                        """),
                Scenario.story("tags: those that have all of them", """
                        on = tags
                        on = all-tags
                        gpt = a(tags=paid) b(tags=paid/eu)
                        begin tags=eu,paid -> ask b
                        begin tags=eu,free -> stop BAD_REQUEST
                        begin -> ask a
                        """),
                Scenario.story("tags that nobody has, without a default: a fallback, else the caller's mistake", """
                        on = tags
                        fallbacks gpt = other
                        gpt = a(tags=paid)
                        other = b(tags=free)
                        begin tags=free -> ask b
                        begin tags=free fallbacks=off -> stop BAD_REQUEST
                        """),
                Scenario.story("tags mean nothing where they are not switched on", """
                        gpt = a(tags=paid) b(tags=free)
                        begin tags=free -> ask a
                        """),
                Scenario.story("region", """
                        gpt = a(region=us) b(region=eu) c
                        x: begin region=eu -> ask b
                        x: 401 -> stop
                        begin region=asia -> stop BAD_REQUEST
                        """),
                Scenario.story("after a failure a fallback without what is asked for is no answer to the caller", """
                        retries = 0
                        fallbacks gpt = other
                        gpt = a(region=eu)
                        other = b(region=us)
                        begin region=eu -> ask a
                        500 -> stop
                        fallbacks -> 0 gpt
                        """),
                Scenario.story("requests per minute", """
                        gpt = a(rpm=2) b(rpm=1)
                        begin -> ask a
                        ok
                        begin -> ask a
                        ok
                        begin -> ask b
                        ok
                        status a -> LIMITED
                        begin -> ask a
                        ok
                        +61s
                        status a -> OPEN
                        """),
                Scenario.story("requests per minute, enforced", """
                        on = limits
                        gpt = a(rpm=1)
                        begin -> ask a
                        ok
                        begin -> stop RATE_LIMIT 5000ms
                        +61s
                        begin -> ask a
                        """),
                Scenario.story("tokens per minute", """
                        on = limits
                        fallbacks gpt = other
                        gpt = a(tpm=1000)
                        other = b
                        begin -> ask a
                        ok 999
                        begin -> ask a
                        ok 1
                        begin -> ask b
                        """),
                Scenario.story("spent limits: who is only spent comes before who is left alone", """
                        gpt = a b(rpm=1)
                        x: begin -> ask a
                        x: 429 asked=30s -> ask b
                        x: ok
                        begin -> ask b
                        """),
                Scenario.story("enforced limits: who is left alone comes before a refusal", """
                        on = limits
                        gpt = a b(rpm=1)
                        x: begin -> ask a
                        x: 429 asked=30s -> ask b
                        x: ok
                        begin -> panic a
                        """),
                Scenario.story("priority order", """
                        strategy = priority-order
                        gpt = a(weight=0) b
                        begin -> ask a
                        500 -> ask b
                        """),
                Scenario.story("least busy", """
                        strategy = least-busy
                        gpt = a b
                        x: begin -> ask a
                        y: begin -> ask b
                        z: begin -> ask a
                        x: ok
                        z: ok
                        begin -> ask a
                        """),
                Scenario.story("lowest cost, with another one when it fails", """
                        strategy = cost-based-routing
                        gpt = a b(price=0.2) c(price=0.1)
                        begin -> ask c
                        500 -> ask b
                        500 -> ask a
                        """),
                Scenario.story("usage", """
                        strategy = usage-based-routing
                        gpt = a(rpm=10) b(rpm=100)
                        begin -> ask a
                        begin -> ask b
                        begin -> ask b
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }
}
