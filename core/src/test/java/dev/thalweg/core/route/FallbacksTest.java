package dev.thalweg.core.route;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which groups stand in, after which failures. */
class FallbacksTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("in their order, each with its own retries", """
                        retries = 1
                        fallbacks gpt = x y
                        gpt = a b
                        x = c d
                        y = e
                        begin -> ask a
                        500 -> ask b
                        500 -> ask c
                        500 -> ask d
                        fallbacks -> 1 x
                        500 -> ask e
                        fallbacks -> 2 y
                        500 -> wait 500ms
                        resume -> ask e
                        500 -> stop
                        """),
                Scenario.story("the prompt is too long", """
                        context gpt = long
                        fallbacks gpt = other
                        gpt = a b
                        long = c
                        other = d
                        begin -> ask a
                        context -> ask c
                        """),
                Scenario.story("a filter refused", """
                        policy gpt = lax
                        fallbacks gpt = other
                        gpt = a b
                        lax = c
                        other = d
                        begin -> ask a
                        policy -> ask c
                        """),
                Scenario.story("the caller's own mistakes open no general list", """
                        fallbacks gpt = other third
                        default-fallbacks = third
                        gpt = a
                        other = b
                        third = c
                        x: begin -> ask a
                        x: context -> stop
                        x: begin -> ask a
                        x: policy -> stop
                        x: begin fallbacks=other -> ask a
                        x: context -> stop
                        """),
                Scenario.story("nor what is left of one that was opened before", """
                        retries = 0
                        fallbacks gpt = x y
                        gpt = a
                        x = b
                        y = c
                        begin -> ask a
                        500 -> ask b
                        context -> stop
                        """),
                Scenario.story("a group for long prompts that fails: the next one of that list", """
                        retries = 0
                        context gpt = long longer
                        gpt = a
                        long = b
                        longer = c
                        begin -> ask a
                        context -> ask b
                        500 -> ask c
                        """),
                Scenario.story("default_fallbacks stand in for groups without their own", """
                        retries = 0
                        default-fallbacks = other
                        fallbacks mini = third
                        gpt = a
                        mini = b
                        other = c
                        third = d
                        x: begin -> ask a
                        x: 500 -> ask c
                        y: begin group=mini -> ask b
                        y: 500 -> ask d
                        y: 500 -> ask c
                        """),
                Scenario.story("the wildcard stands in for groups without their own", """
                        retries = 0
                        fallbacks * = other
                        context * = other
                        gpt = a
                        other = c
                        x: begin -> ask a
                        x: 500 -> ask c
                        x: 500 -> stop
                        y: begin -> ask a
                        y: context -> ask c
                        y: context -> stop
                        """),
                Scenario.story("a group's name without its provider", """
                        retries = 0
                        fallbacks gpt-4o = other
                        openai/gpt-4o = a
                        other = c
                        begin -> ask a
                        500 -> ask c
                        """),
                Scenario.story("a request's own come instead of the configured ones", """
                        retries = 0
                        fallbacks gpt = other
                        fallbacks third = other
                        gpt = a
                        other = b
                        third = c
                        begin fallbacks=third -> ask a
                        500 -> ask c
                        500 -> stop
                        """),
                Scenario.story("a request without any", """
                        retries = 0
                        fallbacks gpt = other
                        context gpt = other
                        policy gpt = other
                        default-fallbacks = other
                        gpt = a(max=1)
                        other = b
                        x: begin fallbacks=off -> ask a
                        x: alternative -> no
                        y: begin fallbacks=off -> queue 10000ms
                        y: unroomed -> stop RATE_LIMIT
                        x: 500 -> stop
                        x: begin fallbacks=off -> ask a
                        x: context -> stop
                        x: begin fallbacks=off -> ask a
                        x: policy -> stop
                        x: begin fallbacks=off -> ask a
                        x: 429 asked=9s -> stop
                        x: begin fallbacks=off -> panic a
                        """),
                Scenario.story("unknown and forbidden groups are passed over", """
                        retries = 0
                        fallbacks gpt = nosuch secret other
                        gpt = a
                        secret = b
                        other = c
                        begin forbidden=secret -> ask a
                        500 -> ask c
                        fallbacks -> 1 other
                        """),
                Scenario.story("only a forbidden one: as if there were none", """
                        fallbacks gpt = secret
                        retries = 0
                        gpt = a
                        secret = b
                        x: begin forbidden=secret -> ask a
                        x: 429 asked=9s -> stop
                        x: begin forbidden=secret -> panic a
                        """),
                Scenario.story("two that name each other", """
                        retries = 0
                        fallbacks gpt = other
                        fallbacks other = gpt
                        gpt = a
                        other = b
                        begin -> ask a
                        500 -> ask b
                        500 -> stop
                        """),
                Scenario.story("one that names itself, also by another name", """
                        retries = 0
                        alias me = gpt
                        fallbacks gpt = gpt me
                        gpt = a
                        x: begin -> ask a
                        x: alternative -> no
                        x: 500 -> stop
                        """),
                Scenario.story("a chain ends after five", """
                        retries = 0
                        fallbacks g0 = g1
                        fallbacks g1 = g2
                        fallbacks g2 = g3
                        fallbacks g3 = g4
                        fallbacks g4 = g5
                        fallbacks g5 = g6
                        g0 = a
                        g1 = b
                        g2 = c
                        g3 = d
                        g4 = e
                        g5 = f
                        g6 = g
                        begin -> ask a
                        500 -> ask b
                        500 -> ask c
                        500 -> ask d
                        500 -> ask e
                        500 -> ask f
                        500 -> stop
                        fallbacks -> 5 g5
                        """),
                Scenario.story("a list ends after max_fallbacks", """
                        retries = 0
                        max-fallbacks = 1
                        fallbacks gpt = x y
                        gpt = a
                        x = b
                        y = c
                        begin -> ask a
                        500 -> ask b
                        500 -> stop
                        """),
                Scenario.story(
                        "a fallback that is left alone is passed over, and those that stand in for it are asked", """
                        retries = 0
                        fallbacks gpt = x
                        fallbacks x = y
                        gpt = a
                        x = b
                        y = c
                        u: begin group=x -> ask b
                        u: 429 asked=30s -> ask c
                        v: begin -> ask a
                        v: 500 -> ask c
                        v: fallbacks -> 1 y
                        """),
                Scenario.story("a fallback that is left alone is still better than none", """
                        retries = 0
                        fallbacks gpt = x
                        gpt = a
                        x = b
                        u: begin group=x -> ask b
                        u: 429 asked=30s -> stop
                        v: begin -> ask a
                        v: 500 -> panic b
                        v: 500 -> stop
                        """),
                Scenario.story("group and fallback are left alone: whoever was asked for", """
                        retries = 0
                        fallbacks gpt = x
                        gpt = a
                        x = b
                        u: begin -> ask a
                        u: 429 asked=30s -> ask b
                        u: 429 asked=30s -> stop
                        v: begin -> panic a
                        v: 500 -> panic b
                        v: 500 -> stop
                        """),
                Scenario.story("a deployment of both groups is not asked twice while there is another one", """
                        retries = 0
                        fallbacks gpt = x
                        gpt = a
                        x = a b
                        begin -> ask a
                        500 -> ask b
                        500 -> stop
                        """),
                Scenario.story("the same deployment under another name is better than none", """
                        retries = 0
                        fallbacks gpt = x
                        gpt = a
                        x = a
                        begin -> ask a
                        500 -> ask a
                        500 -> stop
                        """),
                Scenario.story("fallbacks are outside the budget of retries", """
                        retries = 0
                        fallbacks gpt = x
                        gpt = a(rpm=1)
                        x = b
                        1: begin -> ask a
                        1: 500 -> ask b
                        2: begin -> ask b
                        3: begin -> ask b
                        4: begin -> ask b
                        5: begin -> ask b
                        6: begin -> ask b
                        """),
                Scenario.story("whether there is somewhere else to go", """
                        retries = 1
                        gpt = a b
                        x: begin -> ask a
                        x: alternative -> yes
                        x: 500 -> ask b
                        x: alternative -> no
                        """),
                Scenario.story("a deployment in another region is nowhere to go", """
                        gpt = a(region=eu) b(region=us)
                        x: begin region=eu -> ask a
                        x: alternative -> no
                        """),
                Scenario.story("nor a fallback that is left alone; the second fallback of the first list is", """
                        retries = 0
                        fallbacks gpt = x y
                        gpt = a
                        x = b
                        y = c
                        u: begin -> ask a
                        u: 500 -> ask b
                        u: alternative -> yes
                        u: 429 asked=9s -> ask c
                        u: alternative -> no
                        u: 429 asked=9s -> stop
                        v: begin -> ask a
                        v: alternative -> no
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }
}
