package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, budgets and percentiles. */
class CountersTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 123_456_789_012_345L, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2})
    void aWindowForgetsAfterAMinuteWhereverTheClockBegins(long zero) {
        SlidingWindow window = SlidingWindow.minute();
        window.add(zero, 7);
        assertThat(window.sum(zero)).isEqualTo(7);
        assertThat(window.sum(zero + 55 * SECOND)).isEqualTo(7);
        assertThat(window.sum(zero + 60 * SECOND)).isZero();
        window.add(zero + 61 * SECOND, 2);
        assertThat(window.sum(zero + 61 * SECOND)).isEqualTo(2);
        assertThat(window.sum(zero + Duration.ofDays(400).toNanos())).isZero();
    }

    @Test
    void aWindowIsTheSumOfItsMinute() {
        SplittableRandom random = new SplittableRandom(4);
        SlidingWindow window = SlidingWindow.minute();
        long[] added = new long[2_000];
        for (int second = 0; second < added.length; second++) {
            added[second] = random.nextInt(5);
            window.add(second * SECOND, added[second]);
            long expected = 0;
            for (int past = Math.max(0, second / 5 - 11) * 5; past <= second; past++) {
                expected += added[past];
            }
            assertThat(window.sum(second * SECOND)).isEqualTo(expected);
        }
    }

    @Test
    void aClockThatGoesBackALittleLosesNothing() {
        SlidingWindow window = SlidingWindow.tenSeconds();
        window.add(10 * SECOND, 1);
        window.add(9 * SECOND, 1);
        assertThat(window.sum(10 * SECOND)).isEqualTo(2);
    }

    @Test
    void theBudgetIsAFifthOfTheRequestsAndNeverFewerThanThree() {
        RetryBudget budget = new RetryBudget();
        for (int i = 0; i < 3; i++) {
            assertThat(budget.tryRetry(0)).isTrue();
        }
        assertThat(budget.mayRetry(0)).isFalse();
        assertThat(budget.tryRetry(0)).isFalse();
        for (int i = 0; i < 100; i++) {
            budget.request(SECOND);
        }
        for (int i = 3; i < 20; i++) {
            assertThat(budget.mayRetry(SECOND)).isTrue();
            assertThat(budget.tryRetry(SECOND)).isTrue();
        }
        assertThat(budget.tryRetry(SECOND)).isFalse();
        assertThat(budget.tryRetry(12 * SECOND)).isTrue();
    }

    @Test
    void aPercentileIsRightToWithinATenth() {
        GroupState group = new GroupState();
        for (int i = 1; i < 20; i++) {
            group.firstToken(SECOND);
        }
        assertThat(group.firstTokenP95()).as("too few").isZero();
        Percentile percentile = new Percentile();
        for (int i = 1; i <= 1_000; i++) {
            percentile.add(i * 1_000_000L);
        }
        assertThat((double) percentile.value(0.95)).isCloseTo(950e6, within(95e6));
        assertThat((double) percentile.value(0.5)).isCloseTo(500e6, within(50e6));
    }

    @Test
    void oldValuesFade() {
        Percentile percentile = new Percentile();
        for (int i = 0; i < 10_000; i++) {
            percentile.add(SECOND);
        }
        for (int i = 0; i < 10_000; i++) {
            percentile.add(10 * SECOND);
        }
        assertThat((double) percentile.value(0.5)).isCloseTo(10e9, within(1e9));
        percentile.add(Long.MAX_VALUE);
        percentile.add(-1);
        assertThat(percentile.value(0.95)).isPositive();
    }
}
