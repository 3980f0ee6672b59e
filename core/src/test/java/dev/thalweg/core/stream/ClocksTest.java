package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {
    private final Clocks clocks = new Clocks();

    @Test
    void nothingRunsAtFirst() {
        assertThat(clocks.next()).isEqualTo(Clocks.NEVER);
        assertThat(clocks.expired(Long.MAX_VALUE - 1)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Clock.class)
    void aClockRunsOutAtItsLimitAndNotBefore(Clock clock) {
        clocks.start(clock, 100, 50);
        assertThat(clocks.running(clock)).isTrue();
        assertThat(clocks.next()).isEqualTo(150);
        assertThat(clocks.expired(149)).isNull();
        assertThat(clocks.expired(150)).isEqualTo(clock);
        clocks.stop(clock);
        assertThat(clocks.running(clock)).isFalse();
        assertThat(clocks.expired(1_000)).isNull();
    }

    @Test
    void startingAgainMovesTheDeadline() {
        clocks.start(Clock.IDLE, 0, 10);
        clocks.start(Clock.IDLE, 8, 10);
        assertThat(clocks.expired(10)).isNull();
        assertThat(clocks.expired(18)).isEqualTo(Clock.IDLE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void noLimitAndAnEndlessOneNeverRunOut(long limit) {
        clocks.start(Clock.TOTAL, 1_000, limit);
        assertThat(clocks.running(Clock.TOTAL)).isFalse();
        assertThat(clocks.next()).isEqualTo(Clocks.NEVER);
        assertThat(clocks.expired(Long.MAX_VALUE - 1)).isNull();
    }

    @Test
    void timesBelowZeroAreTimesToo() {
        clocks.start(Clock.IDLE, -100, 50);
        assertThat(clocks.next()).isEqualTo(-50);
        assertThat(clocks.expired(-51)).isNull();
        assertThat(clocks.expired(-50)).isEqualTo(Clock.IDLE);
    }

    @Test
    void oneTimerServesThemAll() {
        clocks.start(Clock.TOTAL, 0, 30);
        clocks.start(Clock.FIRST_TOKEN, 0, 20);
        clocks.start(Clock.IDLE, 0, 10);
        assertThat(clocks.next()).isEqualTo(10);
        clocks.stop(Clock.IDLE);
        assertThat(clocks.next()).isEqualTo(20);
        assertThat(clocks.expired(25)).isEqualTo(Clock.FIRST_TOKEN);
    }

    @Test
    void ofSeveralThatHaveRunOutTheFirstIsNamed() {
        clocks.start(Clock.CONNECT, 0, 20);
        clocks.start(Clock.TOTAL, 0, 10);
        clocks.start(Clock.IDLE, 0, 15);
        assertThat(clocks.expired(30)).isEqualTo(Clock.TOTAL);
    }

    @Test
    void theTotalOutlivesTheAttempt() {
        for (Clock clock : Clock.values()) {
            clocks.start(clock, 0, 10);
        }
        clocks.stopAttempt();
        for (Clock clock : Clock.values()) {
            assertThat(clocks.running(clock)).isEqualTo(clock == Clock.TOTAL);
        }
        assertThat(clocks.expired(10)).isEqualTo(Clock.TOTAL);
    }

    @Test
    void onlyTheTotalIsADeadline() {
        for (Clock clock : Clock.values()) {
            assertThat(clock.end()).isEqualTo(clock == Clock.TOTAL ? StreamEnd.DEADLINE : StreamEnd.STALLED);
            assertThat(clock.code()).isEqualTo(clock.name().toLowerCase(java.util.Locale.ROOT) + "_timeout");
        }
    }
}
