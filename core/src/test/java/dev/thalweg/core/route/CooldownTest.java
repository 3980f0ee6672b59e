package dev.thalweg.core.route;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a deployment is left alone, and when it is asked again. */
class CooldownTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("a deployment is left alone after the fourth failure in a row", """
                        retries = 0
                        gpt = a b
                        begin -> ask a
                        500 -> stop
                        begin -> ask a
                        timeout -> stop
                        begin -> ask a
                        connect -> stop
                        status a -> OPEN
                        begin -> ask a
                        500 -> stop
                        status a -> COOLING 5000ms INTERNAL_SERVER
                        heard -> a-cools-5000ms-INTERNAL_SERVER
                        begin -> ask b
                        """),
                Scenario.story("errors within streams count", """
                        gpt = a b
                        begin stream -> ask a
                        token
                        broken 500
                        begin stream -> ask a
                        token
                        broken connect
                        begin stream -> ask a
                        broken timeout
                        begin stream -> ask a
                        token
                        broken 500
                        status a -> COOLING 5000ms INTERNAL_SERVER
                        """),
                Scenario.story("the caller's faults never count", """
                        gpt = a b
                        begin -> ask a
                        400 -> stop
                        begin -> ask a
                        context -> stop
                        begin -> ask a
                        policy -> stop
                        begin -> ask a
                        own -> stop
                        begin -> ask a
                        400 -> stop
                        begin -> ask a
                        leave
                        status a -> OPEN
                        """),
                Scenario.story("429 leaves it alone at once, exactly as long as told", """
                        gpt = a b
                        begin -> ask a
                        429 asked=42s -> ask b
                        +41s
                        status a -> COOLING 1000ms RATE_LIMIT
                        +1s
                        status a -> OPEN trial RATE_LIMIT
                        """),
                Scenario.story("and no longer than five minutes", """
                        gpt = a b
                        begin -> ask a
                        429 asked=1h -> ask b
                        status a -> COOLING 300000ms RATE_LIMIT
                        """),
                Scenario.story("a 429 that asks for no time at all makes the next request a trial", """
                        gpt = a b
                        begin -> ask a
                        429 asked=0s -> ask b
                        x: begin -> ask a trial
                        """),
                Scenario.story("after the cooldown there is one trial at a time", """
                        gpt = a b
                        x: begin -> ask a
                        x: 429 asked=2s -> ask b
                        +2s
                        y: begin -> ask a trial
                        z: begin -> ask b
                        status a -> COOLING trial RATE_LIMIT
                        y: ok
                        heard -> a-cools-2000ms-RATE_LIMIT a-recovered
                        begin -> ask a
                        begin -> ask a
                        """),
                Scenario.story("a trial that fails: twice as long, up to a minute", """
                        gpt = a b
                        begin -> ask a
                        429 -> ask b
                        status a -> COOLING 5000ms RATE_LIMIT
                        +5s
                        begin -> ask a trial
                        500 -> ask b
                        status a -> COOLING 10000ms INTERNAL_SERVER
                        +10s
                        begin -> ask a trial
                        broken 500
                        status a -> COOLING 20000ms INTERNAL_SERVER
                        +20s
                        begin -> ask a trial
                        broken 500
                        +40s
                        begin -> ask a trial
                        broken 500
                        status a -> COOLING 60000ms INTERNAL_SERVER
                        +60s
                        begin -> ask a trial
                        broken 500
                        status a -> COOLING 60000ms INTERNAL_SERVER
                        +60s
                        begin -> ask a trial
                        ok
                        begin -> ask a
                        429 -> ask b
                        status a -> COOLING 5000ms RATE_LIMIT
                        """),
                Scenario.story("a trial whose caller leaves, or is wrong, leaves room for the next one", """
                        gpt = a b
                        begin -> ask a
                        429 asked=2s -> ask b
                        +2s
                        begin -> ask a trial
                        leave
                        begin -> ask a trial
                        400 -> stop
                        begin -> ask a trial
                        inflight a -> 1
                        """),
                Scenario.story("failures of attempts that began before it opened neither prolong nor reopen", """
                        gpt = a b
                        w: begin -> ask a
                        x: begin -> ask a
                        y: begin -> ask a
                        begin -> ask a
                        429 asked=2s -> ask b
                        +1s
                        w: 500 -> ask b
                        status a -> COOLING 1000ms RATE_LIMIT
                        +2s
                        x: 429 -> ask b
                        status a -> OPEN trial RATE_LIMIT
                        z: begin -> ask a trial
                        z: ok
                        y: broken 401
                        status a -> OPEN
                        """),
                Scenario.story("but a later 429 that names a time counts, whenever its attempt began", """
                        gpt = a b
                        x: begin -> ask a
                        y: begin -> ask a
                        x: 429 asked=2s -> ask b
                        +1s
                        y: 429 asked=9s -> ask b
                        status a -> COOLING 9000ms RATE_LIMIT
                        """),
                Scenario.story("a shorter time does not cut a longer one", """
                        gpt = a b
                        x: begin -> ask a
                        y: begin -> ask a
                        x: 429 asked=20s -> ask b
                        y: 429 asked=1s -> ask b
                        status a -> COOLING 20000ms RATE_LIMIT
                        """),
                Scenario.story("a success that began before it opened does not close it", """
                        gpt = a b
                        x: begin -> ask a
                        begin -> ask a
                        429 asked=2s -> ask b
                        x: ok
                        status a -> COOLING 2000ms RATE_LIMIT
                        """),
                Scenario.story("the last one is asked though it is left alone, and says so", """
                        gpt = a
                        begin -> ask a
                        429 asked=30s left=1s -> stop
                        begin -> panic a
                        500 left=100ms -> stop
                        begin -> panic a
                        ok
                        heard -> a-cools-30000ms-RATE_LIMIT a-asked-even-so a-recovered
                        begin -> ask a
                        """),
                Scenario.story("that it is asked even so is told once in each cooldown, longer as it may become", """
                        gpt = a
                        begin -> ask a
                        429 asked=2s left=1s -> stop
                        begin -> panic a
                        429 asked=4s left=1s -> stop
                        begin -> panic a
                        429 asked=4s left=1s -> stop
                        heard -> a-cools-2000ms-RATE_LIMIT a-asked-even-so
                        +4s
                        begin -> ask a trial
                        429 asked=2s left=1s -> stop
                        begin -> panic a
                        heard -> a-cools-2000ms-RATE_LIMIT a-asked-even-so
                        """),
                Scenario.story("all of several are left alone: one of them is asked", """
                        gpt = a b
                        x: begin -> ask a
                        x: 429 asked=30s -> ask b
                        x: 429 asked=20s left=1s -> stop
                        begin -> panic a
                        """),
                Scenario.story("in panic there is no storm of trials", """
                        gpt = a
                        x: begin -> ask a
                        x: 429 asked=2s left=1s -> stop
                        +2s
                        y: begin -> ask a trial
                        z: begin -> panic a
                        """),
                Scenario.story("after a long time without requests the next one is the trial", """
                        gpt = a b
                        begin -> ask a
                        429 -> ask b
                        +999h
                        begin -> ask a trial
                        ok
                        +999h
                        begin -> ask a
                        ok
                        """),
                Scenario.story("failures spread over a long time do nothing", """
                        retries = 0
                        gpt = a b
                        begin -> ask a
                        500 -> stop
                        begin -> ask a
                        500 -> stop
                        begin -> ask a
                        500 -> stop
                        +61s
                        begin -> ask a
                        500 -> stop
                        begin -> ask a
                        500 -> stop
                        begin -> ask a
                        500 -> stop
                        status a -> OPEN
                        """),
                Scenario.story("allowed_fails", """
                        retries = 0
                        allowed = 0
                        gpt = a b
                        begin -> ask a
                        500 -> stop
                        status a -> COOLING 5000ms INTERNAL_SERVER
                        """),
                Scenario.story("allowed_fails_policy: also for what cools down at once otherwise", """
                        retries = 0
                        allowed RateLimit = 1
                        allowed Timeout = 0
                        gpt = a b
                        begin -> ask a
                        429 asked=9s -> stop
                        status a -> OPEN
                        begin -> ask a
                        429 asked=9s -> stop
                        status a -> COOLING 9000ms RATE_LIMIT
                        begin -> ask b
                        timeout -> stop
                        status b -> COOLING 5000ms TIMEOUT
                        """),
                Scenario.story("disable_cooldowns", """
                        on = no-cooldowns
                        retries = 0
                        gpt = a b
                        begin -> ask a
                        429 asked=9s -> stop
                        begin -> ask a
                        401 -> stop
                        begin -> ask a
                        """),
                Scenario.story("one primary and a fallback: after a handful of failures straight to the fallback", """
                        retries = 0
                        fallbacks gpt = other
                        gpt = a
                        other = b
                        begin -> ask a
                        500 -> ask b
                        begin -> ask a
                        500 -> ask b
                        begin -> ask a
                        500 -> ask b
                        begin -> ask a
                        500 -> ask b
                        begin -> ask b
                        +5s
                        begin -> ask a trial
                        ok
                        begin -> ask a
                        """),
                Scenario.story("a deployment in two groups is the same one", """
                        gpt = a b
                        mini = a c
                        begin -> ask a
                        429 asked=9s -> ask b
                        x: begin group=mini -> ask c
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }
}
