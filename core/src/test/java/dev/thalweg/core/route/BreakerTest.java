package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;
    private final Breaker breaker = new Breaker();

    @Test
    void defaultsArePinned() {
        assertThat(BreakerRules.DEFAULT)
                .isEqualTo(new BreakerRules(3, Map.of(), Duration.ofSeconds(5), Duration.ofMinutes(1), false));
        assertThat(Breaker.MOST_ASKED).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void opensAfterTenInARowHoweverHealthyTheMinuteWas() {
        for (int i = 0; i < 12_000; i++) {
            breaker.succeeded(i * SECOND / 200, 0, false);
        }
        long now = 60 * SECOND;
        for (int i = 1; i < 10; i++) {
            assertThat(fail(now)).as("failure " + i).isFalse();
        }
        assertThat(fail(now)).isTrue();
    }

    @Test
    void aSuccessBetweenThemBeginsTheRowAnew() {
        for (int i = 0; i < 1_000; i++) {
            breaker.succeeded(0, 0, false);
        }
        for (int i = 0; i < 90; i++) {
            assertThat(fail(SECOND)).isFalse();
            if (i % 9 == 8) {
                breaker.succeeded(SECOND, 0, false);
            }
        }
    }

    @Test
    void opensWhenHalfOfThemFail() {
        for (int i = 0; i < 5; i++) {
            breaker.succeeded(0, 0, false);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(fail(SECOND)).isFalse();
        }
        assertThat(fail(SECOND)).isTrue();
    }

    @Test
    void attemptsUnderWayDoNotHideFailures() {
        for (int i = 0; i < 1_000; i++) {
            breaker.begin(0);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(fail(SECOND)).isFalse();
        }
        assertThat(fail(SECOND)).isTrue();
    }

    @Test
    void aSuccessOfSomeoneAskedInPanicClosesIt() {
        breaker.failed(0, FailureClass.RATE_LIMIT, null, 0, false, BreakerRules.DEFAULT);
        assertThat(breaker.state(SECOND)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.begin(SECOND)).isFalse();
        assertThat(breaker.succeeded(SECOND, breaker.openings(), false)).isTrue();
        assertThat(breaker.state(SECOND)).isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.cause()).isNull();
    }

    @Test
    void whatOpenedBeforeItWasSwitchedOffClosesWithTheNextEnd() {
        breaker.failed(0, FailureClass.RATE_LIMIT, null, 0, false, BreakerRules.DEFAULT);
        BreakerRules off = new BreakerRules(3, Map.of(), Duration.ofSeconds(5), Duration.ofMinutes(1), true);
        boolean trial = breaker.begin(5 * SECOND);
        assertThat(trial).isTrue();
        assertThat(breaker.failed(5 * SECOND, FailureClass.TIMEOUT, null, breaker.openings(), true, off))
                .isFalse();
        assertThat(breaker.state(5 * SECOND)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void aCooldownLongerThanTheLongestStaysAsItIs() {
        BreakerRules rules = new BreakerRules(3, Map.of(), Duration.ofDays(30), Duration.ofMinutes(1), false);
        long now = 0;
        for (int i = 0; i < 40; i++) {
            breaker.failed(now, FailureClass.RATE_LIMIT, null, breaker.openings(), false, rules);
            assertThat(breaker.leftOpen(now)).isEqualTo(Duration.ofDays(30).toNanos());
            now += Duration.ofDays(30).toNanos();
        }
    }

    private boolean fail(long now) {
        return breaker.failed(now, FailureClass.INTERNAL_SERVER, null, breaker.openings(), false, BreakerRules.DEFAULT);
    }
}
