package dev.thalweg.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens used by a call, as the provider counted them, or {@linkplain #estimated() estimated} where it did not. A detail
 * that the provider did not give is empty, not zero. Immutable.
 */
public final class Usage {
    private static final long UNKNOWN = -1;

    private final Builder values;

    private Usage(Builder values) {
        this.values = values;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Tokens of the whole prompt, cached ones included. */
    public long inputTokens() {
        return Math.max(0, values.input);
    }

    /** Tokens of the prompt that were read from the provider's cache; part of {@link #inputTokens()}. */
    public OptionalLong cacheReadTokens() {
        return known(values.cacheRead);
    }

    /** Tokens of the prompt that were written to the provider's cache; part of {@link #inputTokens()}. */
    public OptionalLong cacheWriteTokens() {
        return known(values.cacheWrite);
    }

    /** Tokens of the prompt that were neither read from nor written to a cache. */
    public long uncachedInputTokens() {
        return Math.max(0, inputTokens() - Math.max(0, values.cacheRead) - Math.max(0, values.cacheWrite));
    }

    /** Tokens of the whole answer, reasoning included. */
    public long outputTokens() {
        return Math.max(0, values.output);
    }

    /** Tokens of the answer spent on reasoning; part of {@link #outputTokens()}. */
    public OptionalLong reasoningTokens() {
        return known(values.reasoning);
    }

    /** Input and output together. */
    public long totalTokens() {
        return values.total >= 0 ? values.total : inputTokens() + outputTokens();
    }

    /** Whether these are estimates because the provider gave no count. */
    public boolean estimated() {
        return values.estimated;
    }

    /** The provider's own usage object. */
    public Optional<RawJson> raw() {
        return Optional.ofNullable(values.raw);
    }

    private static OptionalLong known(long value) {
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Usage that && values.sameAs(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values.input, values.output, values.total);
    }

    @Override
    public String toString() {
        return "Usage[input=" + inputTokens() + ", output=" + outputTokens() + ", total=" + totalTokens()
                + (values.estimated ? ", estimated" : "") + "]";
    }

    /** Collects counts. Not thread-safe. */
    public static final class Builder {
        private long input = UNKNOWN;
        private long cacheRead = UNKNOWN;
        private long cacheWrite = UNKNOWN;
        private long output = UNKNOWN;
        private long reasoning = UNKNOWN;
        private long total = UNKNOWN;
        private boolean estimated;
        private @Nullable RawJson raw;

        private Builder() {}

        /** Sets the tokens of the prompt. */
        public Builder inputTokens(long value) {
            input = value;
            return this;
        }

        /** Sets the tokens read from the cache. */
        public Builder cacheReadTokens(long value) {
            cacheRead = value;
            return this;
        }

        /** Sets the tokens written to the cache. */
        public Builder cacheWriteTokens(long value) {
            cacheWrite = value;
            return this;
        }

        /** Sets the tokens of the answer. */
        public Builder outputTokens(long value) {
            output = value;
            return this;
        }

        /** Sets the tokens spent on reasoning. */
        public Builder reasoningTokens(long value) {
            reasoning = value;
            return this;
        }

        /** Sets the sum where the provider gives it. */
        public Builder totalTokens(long value) {
            total = value;
            return this;
        }

        /** Marks the counts as estimates. */
        public Builder estimated(boolean value) {
            estimated = value;
            return this;
        }

        /** Sets the provider's own object. */
        public Builder raw(@Nullable RawJson value) {
            raw = value;
            return this;
        }

        /** Whether any count was set. */
        public boolean isEmpty() {
            return input == UNKNOWN && output == UNKNOWN && total == UNKNOWN;
        }

        /** The counts as set so far. */
        public Usage build() {
            Builder copy = new Builder();
            copy.input = input;
            copy.cacheRead = cacheRead;
            copy.cacheWrite = cacheWrite;
            copy.output = output;
            copy.reasoning = reasoning;
            copy.total = total;
            copy.estimated = estimated;
            copy.raw = raw;
            return new Usage(copy);
        }

        private boolean sameAs(Builder that) {
            return input == that.input
                    && cacheRead == that.cacheRead
                    && cacheWrite == that.cacheWrite
                    && output == that.output
                    && reasoning == that.reasoning
                    && total == that.total
                    && estimated == that.estimated;
        }
    }
}
