package dev.thalweg.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final long PLENTY = Duration.ofHours(1).toNanos();

    @ParameterizedTest(name = "{0} retries, {1} tries made, retryable {2}, asked {3} ms, {4} ms left, chance {5}: {6}")
    @CsvSource({
        "2, 1, true,  ,     600000, 0.0, 500",
        "2, 2, true,  ,     600000, 0.0, 1000",
        "2, 3, true,  ,     600000, 0.0,",
        "0, 1, true,  ,     600000, 0.0,",
        "2, 1, false, ,     600000, 0.0,",
        "2, 1, false, 10,   600000, 0.0,",
        "9, 3, true,  ,     600000, 0.0, 2000",
        "9, 4, true,  ,     600000, 0.0, 4000",
        "9, 5, true,  ,     600000, 0.0, 8000",
        "9, 9, true,  ,     600000, 0.0, 8000",
        "9, 1, true,  ,     600000, 1.0, 375",
        "9, 5, true,  ,     600000, 0.5, 7000",
        "2, 1, true,  30,   600000, 0.9, 30",
        "2, 1, true,  0,    600000, 0.9, 0",
        "2, 1, true,  60000, 600000, 0.9, 60000",
        "2, 1, true,  60001, 600000, 0.9,",
        "2, 1, true,  5000, 6000,   0.9, 5000",
        "2, 1, true,  5000, 5000,   0.9,",
        "2, 1, true,  ,     500,    0.0,",
        "2, 1, true,  ,     501,    0.0, 500",
        "2, 1, true,  ,     0,      0.0,",
        "2, 1, true,  0,    -5,     0.0,"
    })
    void decidesWhetherAndWhen(
            int retries, int attempts, boolean retryable, Long asked, long left, double chance, Long expected) {
        var wait = new RetryPolicy(retries)
                .next(
                        attempts,
                        retryable,
                        asked == null ? null : Duration.ofMillis(asked),
                        Duration.ofMillis(left).toNanos(),
                        chance);
        assertThat(wait.map(Duration::toMillis).orElse(null)).isEqualTo(expected);
    }

    @Test
    void manyTriesDoNotOverflowTheWait() {
        for (int attempts = 1; attempts < 1_000; attempts++) {
            assertThat(new RetryPolicy(1_000)
                            .next(attempts, true, null, PLENTY, 0)
                            .orElseThrow())
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(8));
        }
    }

    @Test
    void saysWhetherATryIsLeft() {
        assertThat(new RetryPolicy(2).allowsMoreThan(2)).isTrue();
        assertThat(new RetryPolicy(2).allowsMoreThan(3)).isFalse();
        assertThat(new RetryPolicy(0).allowsMoreThan(1)).isFalse();
    }
}
