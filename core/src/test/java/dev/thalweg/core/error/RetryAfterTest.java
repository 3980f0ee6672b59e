package dev.thalweg.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after-ms | 250 | 250",
                "retry-after-ms | 250.5 | 250",
                "retry-after | 0 | 0",
                "retry-after | 7 | 7000",
                "retry-after |  7  | 7000",
                "retry-after | 1.5 | 1500",
                "retry-after | 20s | 20000",
                "retry-after | Sat, 21 Nov 2026 06:00:30 GMT | 30000",
                "retry-after | Sat, 21 Nov 2026 05:00:00 GMT | 0",
                "retry-after | 999999999 | 86400000",
                "x-ratelimit-reset-requests | 120ms | 120",
                "x-ratelimit-reset-requests | 6m0s | 360000",
                "x-ratelimit-reset-tokens | 1h2m3.5s | 3723500",
                "x-ratelimit-reset-tokens | 99999h | 86400000"
            })
    void headersAreReadInAllTheirSpellings(String name, String value, long millis) {
        assertThat(of(Map.of(name, value), "").map(Duration::toMillis)).contains(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e3", "NaN", "12345678901", "5 minutes", "21 Nov 2026", "0x10", "1,5"})
    void whatIsNoTimeIsIgnored(String value) {
        assertThat(of(Map.of("retry-after", value), "")).isEmpty();
        assertThat(of(Map.of("retry-after-ms", value), "")).isEmpty();
        assertThat(of(Map.of("x-ratelimit-reset-tokens", value), "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"details\":[{\"@type\":\"RetryInfo\",\"retryDelay\":\"37s\"}]}} | 37000",
                "{\"retryDelay\" : \"1.250s\"} | 1250",
                "Rate limit reached. Please try again in 1.5s. Visit | 1500",
                "Please try again in 6m0s. | 360000",
                "Please try again in 120ms. | 120"
            })
    void bodiesAreReadToo(String body, long millis) {
        assertThat(of(Map.of(), body).map(Duration::toMillis)).contains(millis);
    }

    @Test
    void theMostExactSpellingWins() {
        Map<String, String> all = Map.of(
                "retry-after-ms", "100",
                "retry-after", "2",
                "x-ratelimit-reset-requests", "3s");
        assertThat(of(all, "try again in 4s")).contains(Duration.ofMillis(100));
        assertThat(of(Map.of("retry-after", "2", "x-ratelimit-reset-requests", "3s"), "try again in 4s"))
                .contains(Duration.ofSeconds(2));
        assertThat(of(Map.of("x-ratelimit-reset-requests", "3s"), "try again in 4s"))
                .contains(Duration.ofSeconds(4));
        assertThat(of(Map.of("retry-after-ms", "odd", "retry-after", "2"), "")).contains(Duration.ofSeconds(2));
    }

    @Test
    void ofTwoLimitsTheLongerWaitCounts() {
        assertThat(of(Map.of("x-ratelimit-reset-requests", "3s", "x-ratelimit-reset-tokens", "1m"), ""))
                .contains(Duration.ofMinutes(1));
        assertThat(of(Map.of("x-ratelimit-reset-requests", "3s", "x-ratelimit-reset-tokens", "?"), ""))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void theResetTimesOfAnAnswerThatIsNoRateLimitAreNoWait() {
        Map<String, String> headers = Map.of("x-ratelimit-reset-requests", "6m0s");
        assertThat(RetryAfter.of(false, headers::get, "", NOW)).isEmpty();
    }

    @Test
    void nothingSaidIsNothing() {
        assertThat(of(Map.of(), "")).isEmpty();
        assertThat(of(Map.of(), "try again in a while, \"retryDelay\":\"later\""))
                .isEmpty();
        assertThat(of(Map.of(), "try again in " + "9".repeat(100_000))).isEmpty();
        assertThat(of(Map.of(), "try again in " + "1s".repeat(100_000))).isPresent();
        assertThat(of(Map.of("retry-after", "1s".repeat(100_000)), "")).isEmpty();
    }

    private static Optional<Duration> of(Map<String, String> headers, String body) {
        return RetryAfter.of(true, headers::get, body, NOW);
    }
}
