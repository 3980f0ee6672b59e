package dev.thalweg.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts as configured, by key, and how they become {@link Timeouts}.
 *
 * <p>LiteLLM's {@code timeout} bounds a unary call as a whole and, on a stream, the first token and every gap;
 * {@code stream_timeout} stands in for it on the gaps of streams, and is how long the first token is waited for while
 * another deployment could serve instead; {@code request_timeout} is the default of both. Thalweg's own keys name one clock
 * each and win over LiteLLM's.
 */
record TimeoutOptions(Map<String, Duration> values) {
    static final String REQUEST = "request_timeout";
    static final String CONNECT = "connect_timeout";
    static final String POOL = "pool_timeout";
    private static final String TIMEOUT = "timeout";
    private static final String STREAM = "stream_timeout";
    private static final String FIRST_BYTE = "first_byte_timeout";
    private static final String FIRST_TOKEN = "first_token_timeout";
    private static final String FAILOVER = "first_token_failover";
    private static final String IDLE = "idle_timeout";
    private static final String TOTAL = "total_timeout";

    /** Every key, readable for a deployment and for all of them. */
    static final List<String> KEYS =
            List.of(REQUEST, TIMEOUT, STREAM, CONNECT, POOL, FIRST_BYTE, FIRST_TOKEN, FAILOVER, IDLE, TOTAL);

    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

    /** What holds where nothing is said. */
    static final TimeoutOptions DEFAULTS = new TimeoutOptions(
            Map.of(REQUEST, Duration.ofMinutes(10), CONNECT, Duration.ofSeconds(5), POOL, Duration.ofSeconds(5)));

    TimeoutOptions {
        values = Map.copyOf(values);
    }

    /** These, with the others where these say nothing: key by key. */
    TimeoutOptions or(TimeoutOptions others) {
        Map<String, Duration> merged = new HashMap<>(others.values);
        merged.putAll(values);
        return new TimeoutOptions(merged);
    }

    /** The default, which always has a value. */
    Duration required(String key) {
        Duration value = values.get(key);
        return value != null ? value : DEFAULTS.values.getOrDefault(key, DEFAULT_IDLE);
    }

    /** The shortest that makes sense: a failover at once is none. */
    static Duration shortest(String key) {
        return key.equals(FAILOVER) ? Duration.ZERO : Duration.ofMillis(1);
    }

    Timeouts resolve() {
        Duration request = required(REQUEST);
        Duration total = first(request, TOTAL, TIMEOUT);
        Duration firstToken = first(request, FIRST_TOKEN, TIMEOUT);
        Duration failover = first(Duration.ZERO, FAILOVER, STREAM);
        Duration shorter = request.compareTo(DEFAULT_IDLE) < 0 ? request : DEFAULT_IDLE;
        Duration idle = first(shorter, IDLE, STREAM, TIMEOUT);
        return new Timeouts(
                required(CONNECT),
                required(POOL),
                new Timeouts.Unary(first(total, FIRST_BYTE), total),
                new Timeouts.Stream(
                        first(firstToken, FIRST_BYTE),
                        firstToken,
                        failover.isZero() ? null : failover,
                        idle,
                        values.get(TOTAL)));
    }

    private Duration first(Duration otherwise, String... keys) {
        for (String key : keys) {
            @Nullable Duration value = values.get(key);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }
}
