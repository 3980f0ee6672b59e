package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a plan ends. */
class RoutePlanTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Scenario.story("a ticket ends once", """
                        gpt = a
                        begin -> ask a
                        ok
                        ok
                        leave
                        broken 500
                        inflight a -> 0
                        """),
                Scenario.story("what comes after the caller left counts for nothing", """
                        gpt = a b
                        begin stream -> ask a
                        leave
                        token
                        broken 429
                        status a -> OPEN
                        """),
                Scenario.story("a plan that never began may be left", """
                        gpt = a(max=1)
                        x: begin -> ask a
                        y: begin -> queue 10000ms
                        y: leave
                        y: leave
                        x: ok
                        inflight a -> 0
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void routes(String name, String story) {
        Scenario.play(story);
    }

    @Test
    void noSecondAttemptBeginsWhileOneIsUnderWay() {
        assertThatThrownBy(() -> Scenario.play("""
                        gpt = a
                        begin -> ask a
                        resume -> ask a
                        """)).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStoryThatIsWrongFails() {
        assertThatThrownBy(() -> Scenario.play("""
                        gpt = a
                        begin -> ask b
                        """))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("begin -> ask b");
    }
}
