package dev.thalweg;

import java.time.Duration;

/**
 * How long to wait for what. Each of these clocks ends a call with a {@link dev.thalweg.error.TimeoutException} whose
 * code names the clock and closes that call's connection, no other. A duration of zero switches a clock off; more than a
 * hundred years is taken for a hundred years. Immutable.
 */
public final class Timeouts {
    /** Longer ones do not fit into nanoseconds. */
    static final Duration LONGEST = Duration.ofDays(100 * 365);

    private static final Timeouts DEFAULTS = new Builder().build();

    private final Duration connect;
    private final Duration pool;
    private final Duration firstByte;
    private final Duration firstToken;
    private final Duration firstTokenFailover;
    private final Duration idle;
    private final Duration total;
    private final Duration streamTotal;

    private Timeouts(Builder builder) {
        connect = builder.connect;
        pool = builder.pool;
        firstByte = builder.firstByte;
        firstToken = builder.firstToken;
        firstTokenFailover = builder.firstTokenFailover;
        idle = builder.idle;
        total = builder.total;
        streamTotal = builder.streamTotal;
    }

    /** The defaults, as the accessors name them. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** A builder that holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Until a connection stands, TLS included: {@code connect_timeout}. Default 5 seconds. */
    public Duration connect() {
        return connect;
    }

    /**
     * Until a connection is free, where {@link Thalweg.Builder#maxConnections} limits them: {@code pool_timeout}. Default 5
     * seconds.
     */
    public Duration pool() {
        return pool;
    }

    /** From the start of an attempt until the answer's head: {@code first_byte_timeout}. Default 10 minutes. */
    public Duration firstByte() {
        return firstByte;
    }

    /**
     * From the start of an attempt until a stream's first content: {@code first_token_timeout}. Comments that keep the
     * connection alive do not stop it. Default 10 minutes.
     */
    public Duration firstToken() {
        return firstToken;
    }

    /**
     * From the start of an attempt until a stream's first content, after which another deployment is asked instead, if one
     * is left that could answer; the last one has its {@link #firstToken}: {@code first_token_failover}. Default none.
     */
    public Duration firstTokenFailover() {
        return firstTokenFailover;
    }

    /**
     * Between two events of a stream, comments included: {@code idle_timeout}. Time the caller takes between two chunks
     * does not count. Default 5 minutes.
     */
    public Duration idle() {
        return idle;
    }

    /** A whole {@code complete} call, retries included: {@code total_timeout}. Default 10 minutes. */
    public Duration total() {
        return total;
    }

    /** A whole {@code stream} call, retries and the caller's own time included: {@code total_timeout}. Default none. */
    public Duration streamTotal() {
        return streamTotal;
    }

    /** Collects timeouts. Not thread-safe. */
    public static final class Builder {
        private Duration connect = Duration.ofSeconds(5);
        private Duration pool = Duration.ofSeconds(5);
        private Duration firstByte = Duration.ofMinutes(10);
        private Duration firstToken = Duration.ofMinutes(10);
        private Duration firstTokenFailover = Duration.ZERO;
        private Duration idle = Duration.ofMinutes(5);
        private Duration total = Duration.ofMinutes(10);
        private Duration streamTotal = Duration.ZERO;

        private Builder() {}

        /** Sets the wait for a connection. */
        public Builder connect(Duration value) {
            connect = withinLimits(value);
            return this;
        }

        /** Sets the wait for a free connection, where they are limited. */
        public Builder pool(Duration value) {
            pool = withinLimits(value);
            return this;
        }

        /** Sets the wait for the answer's head. */
        public Builder firstByte(Duration value) {
            firstByte = withinLimits(value);
            return this;
        }

        /** Sets the wait for a stream's first content. */
        public Builder firstToken(Duration value) {
            firstToken = withinLimits(value);
            return this;
        }

        /** Sets the wait for a stream's first content while another deployment is left. */
        public Builder firstTokenFailover(Duration value) {
            firstTokenFailover = withinLimits(value);
            return this;
        }

        /** Sets the wait between two events of a stream. */
        public Builder idle(Duration value) {
            idle = withinLimits(value);
            return this;
        }

        /** Sets the time of a whole {@code complete} call. */
        public Builder total(Duration value) {
            total = withinLimits(value);
            return this;
        }

        /** Sets the time of a whole {@code stream} call. */
        public Builder streamTotal(Duration value) {
            streamTotal = withinLimits(value);
            return this;
        }

        /** The timeouts as set so far. */
        public Timeouts build() {
            return new Timeouts(this);
        }

        private static Duration withinLimits(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("A timeout is zero (none) or more, not " + value + ".");
            }
            return value.compareTo(LONGEST) > 0 ? LONGEST : value;
        }
    }
}
