package dev.thalweg.core.route;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens where deployments are full. */
class QueueTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("full deployments are passed over", """
                        gpt = a(max=1) b(max=1)
                        x: begin -> ask a
                        y: begin -> ask b
                        z: begin -> queue 10000ms
                        z: join -> yes
                        called -> nobody
                        +4s
                        y: ok
                        called -> z
                        z: resume -> ask b
                        """),
                Scenario.story("a full group goes to its fallback", """
                        fallbacks gpt = other
                        gpt = a(max=1)
                        other = b(max=1)
                        x: begin -> ask a
                        y: begin -> ask b
                        z: begin -> queue 10000ms
                        """),
                Scenario.story("nobody makes room", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        +10s
                        y: unroomed -> stop RATE_LIMIT
                        x: ok
                        called -> nobody
                        """),
                Scenario.story("the queue has an end", """
                        max-queue = 1
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        z: begin -> queue 10000ms
                        z: join -> no
                        z: unroomed -> stop RATE_LIMIT
                        """),
                Scenario.story("first come, first served, and whoever finds the room taken is the first again", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        z: begin -> queue 10000ms
                        z: join -> yes
                        +3s
                        x: ok
                        called -> y
                        w: begin -> ask a
                        y: resume -> queue 7000ms
                        y: join -> yes
                        +7s
                        w: leave
                        called -> y
                        y: resume -> ask a
                        y: 400 -> stop
                        called -> z
                        """),
                Scenario.story("the time to wait is counted over all waits", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        +10s
                        x: ok
                        x: begin -> ask a
                        y: resume -> stop RATE_LIMIT
                        """),
                Scenario.story("room that was made before it joined", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        x: ok
                        y: join -> yes
                        called -> y
                        y: resume -> ask a
                        """),
                Scenario.story("in panic, too, nobody is asked by more than allowed", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        x: 429 asked=60s left=1s -> stop
                        y: begin -> panic a
                        z: begin -> queue 10000ms
                        z: join -> yes
                        called -> nobody
                        y: 400 -> stop
                        called -> z
                        z: resume -> panic a
                        """),
                Scenario.story("in panic whoever has room comes before the order", """
                        retries = 1
                        gpt = a(max=1) b(order=1)
                        x: begin -> ask a
                        x: 429 asked=60s -> ask b
                        x: 429 asked=60s left=1s -> stop
                        y: begin -> panic a
                        z: begin -> panic b
                        """),
                Scenario.story("a caller who leaves the queue", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        z: begin -> queue 10000ms
                        z: join -> yes
                        y: leave
                        x: ok
                        called -> z
                        """),
                Scenario.story("a caller who leaves after he was called: the next one is called", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        z: begin -> queue 10000ms
                        z: join -> yes
                        x: ok
                        called -> y
                        y: leave
                        called -> z
                        """),
                Scenario.story("room made by another group's request at the same deployment", """
                        gpt = a(max=1)
                        mini = a(max=1)
                        x: begin group=mini -> ask a
                        y: begin -> queue 10000ms
                        y: join -> yes
                        x: ok
                        called -> y
                        """),
                Scenario.story("nobody is called for a deployment he cannot use", """
                        gpt = a(max=1,region=eu) b(max=1,region=us)
                        w: begin -> ask a
                        x: begin -> ask b
                        y: begin region=eu -> queue 10000ms
                        y: join -> yes
                        z: begin region=us -> queue 10000ms
                        z: join -> yes
                        x: ok
                        called -> z
                        w: 400 -> stop
                        called -> y
                        """),
                Scenario.story(
                        "a healthy one that is full is worth the wait; one that is left alone is not asked instead",
                        """
                        gpt = a b(max=1)
                        x: begin -> ask a
                        x: 429 asked=30s -> ask b
                        y: begin -> queue 10000ms
                        """),
                Scenario.story("after the wait: whoever is open by then", """
                        gpt = a b(max=1)
                        x: begin -> ask a
                        x: 429 asked=9s -> ask b
                        y: begin -> queue 10000ms
                        y: join -> yes
                        +10s
                        y: unroomed -> ask a trial
                        """),
                Scenario.story("no room after a failure: the failure is told", """
                        retries = 1
                        gpt = a(max=1) b(max=1)
                        x: begin -> ask a
                        y: begin -> ask b
                        x: 500 -> wait 500ms
                        z: begin -> ask a
                        +500ms
                        x: resume -> queue 10000ms
                        x: join -> yes
                        +10s
                        x: unroomed -> stop
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }
}
