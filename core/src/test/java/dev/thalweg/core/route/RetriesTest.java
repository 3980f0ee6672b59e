package dev.thalweg.core.route;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tried again, where, and how often. */
class RetriesTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("one that works is asked once", """
                        gpt = a
                        begin -> ask a
                        inflight a -> 1
                        ok
                        inflight a -> 0
                        """),
                Scenario.story("another one is asked at once", """
                        gpt = a b
                        begin -> ask a
                        500 -> ask b
                        inflight a -> 0
                        ok
                        inflight b -> 0
                        """),
                Scenario.story("the same one is asked after a wait that doubles", """
                        gpt = a
                        begin -> ask a
                        500 -> wait 500ms
                        +500ms
                        resume -> ask a
                        connect -> wait 1000ms
                        +1s
                        resume -> ask a
                        timeout -> stop
                        """),
                Scenario.story("all others come before the same again", """
                        gpt = a b
                        begin -> ask a
                        500 -> ask b
                        500 -> wait 1000ms
                        +1s
                        resume -> ask a
                        500 -> stop
                        """),
                Scenario.story("what the provider asks for is waited for", """
                        gpt = a
                        begin -> ask a
                        429 asked=7s -> wait 7000ms
                        +7s
                        resume -> ask a trial
                        """),
                Scenario.story("the wait must fit into the time left", """
                        gpt = a
                        begin -> ask a
                        429 asked=7s left=7s -> stop
                        """),
                Scenario.story("a fallback instead of a wait longer than the time left", """
                        fallbacks gpt = other
                        gpt = a
                        other = b
                        begin -> ask a
                        429 asked=7s left=5s -> ask b
                        """),
                Scenario.story("nobody holds a request for more than a minute", """
                        gpt = a
                        begin -> ask a
                        429 asked=61s -> stop
                        """),
                Scenario.story("what is asked for may be more than a long of nanoseconds", """
                        gpt = a
                        begin -> ask a
                        429 asked=2562047h -> stop
                        status a -> COOLING 300000ms RATE_LIMIT
                        """),
                Scenario.story("no time, no attempt", """
                        gpt = a b
                        begin -> ask a
                        500 left=0s -> stop
                        inflight a -> 0
                        """),
                Scenario.story("the caller's own mistake is not tried again", """
                        fallbacks gpt = other
                        gpt = a b
                        other = c
                        begin -> ask a
                        400 -> stop
                        """),
                Scenario.story("nor what this side ended", """
                        fallbacks gpt = other
                        gpt = a b
                        other = c
                        begin -> ask a
                        own -> stop
                        """),
                Scenario.story("the caller's own mistake after another failure stops at once", """
                        gpt = a b c
                        begin -> ask a
                        500 -> ask b
                        400 -> stop
                        """),
                Scenario.story("retry_policy: a second 400 stops at once however many are allowed", """
                        retries BadRequest = 5
                        gpt = a b c
                        begin -> ask a
                        400 -> ask b
                        400 -> stop
                        """),
                Scenario.story("retry_policy: a 400 with one deployment", """
                        retries BadRequest = 5
                        gpt = a
                        begin -> ask a
                        400 -> wait 500ms
                        resume -> ask a
                        400 -> stop
                        """),
                Scenario.story("retry_policy: as its class says, not as the number for all", """
                        retries Internal = 0
                        retries RateLimit = 3
                        gpt = a b c d e
                        begin -> ask a
                        429 -> ask b
                        429 -> ask c
                        429 -> ask d
                        429 -> stop
                        begin -> ask e
                        500 -> stop
                        """),
                Scenario.story("retry_policy comes before what the caller wants", """
                        retries Internal = 1
                        gpt = a b c
                        begin retries=2 -> ask a
                        500 -> ask b
                        500 -> stop
                        """),
                Scenario.story("the caller's number comes before the deployment's, and that before the group's", """
                        gpt = a(retries=1) b(retries=1) c
                        x: begin retries=0 -> ask a
                        x: 500 -> stop
                        y: begin -> ask a
                        y: 500 -> ask b
                        y: 500 -> stop
                        """),
                Scenario.story("a wrong key is tried elsewhere, and never again there", """
                        gpt = a b
                        begin -> ask a
                        401 -> ask b
                        404 -> stop
                        status a -> COOLING 5000ms AUTHENTICATION
                        status b -> COOLING 5000ms NOT_FOUND
                        """),
                Scenario.story("moving on to another deployment is not refused by the budget", """
                        gpt = a b
                        retries = 1
                        p: begin -> ask a
                        p: 500 -> ask b
                        p: ok
                        q: begin -> ask a
                        q: 500 -> ask b
                        q: ok
                        s: begin -> ask a
                        s: 500 -> ask b
                        s: ok
                        t: begin -> ask a
                        t: 400 -> stop
                        u: begin -> ask a
                        u: timeout -> ask b
                        u: timeout -> stop
                        """),
                Scenario.story("three repetitions in ten seconds are always there, and a fifth of the requests", """
                        gpt = a
                        retries = 1
                        p: begin -> ask a
                        p: 500 -> wait 500ms
                        p: resume -> ask a
                        p: ok
                        q: begin -> ask a
                        q: 500 -> wait 500ms
                        q: resume -> ask a
                        q: ok
                        s: begin -> ask a
                        s: 500 -> wait 500ms
                        s: resume -> ask a
                        s: ok
                        t: begin -> ask a
                        t: 400 -> stop
                        u: begin -> ask a
                        u: timeout -> stop
                        +11s
                        v: begin -> ask a trial
                        v: timeout -> wait 500ms
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }
}
