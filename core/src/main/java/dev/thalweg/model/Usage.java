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

    /** Tokens that were written to the cache for an hour instead of five minutes; part of {@link #cacheWriteTokens()}. */
    public OptionalLong cacheWrite1hTokens() {
        return known(values.cacheWrite1h);
    }

    /** Tokens of sound in the prompt; part of {@link #inputTokens()}. */
    public OptionalLong inputAudioTokens() {
        return known(values.inputAudio);
    }

    /** Tokens of images in the prompt; part of {@link #inputTokens()}. */
    public OptionalLong inputImageTokens() {
        return known(values.inputImage);
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

    /** Tokens of sound in the answer; part of {@link #outputTokens()}. */
    public OptionalLong outputAudioTokens() {
        return known(values.outputAudio);
    }

    /** Tokens of images in the answer; part of {@link #outputTokens()}. */
    public OptionalLong outputImageTokens() {
        return known(values.outputImage);
    }

    /** How often the provider searched the web for the answer. */
    public OptionalLong webSearches() {
        return known(values.webSearches);
    }

    /** The provider's word for how it handled the call, for example {@code priority}; see {@link ServiceTier}. */
    public Optional<String> serviceTier() {
        return Optional.ofNullable(values.serviceTier);
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

    /** A builder that has all of this. */
    public Builder toBuilder() {
        return new Builder(values);
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
        private long cacheWrite1h = UNKNOWN;
        private long inputAudio = UNKNOWN;
        private long inputImage = UNKNOWN;
        private long output = UNKNOWN;
        private long reasoning = UNKNOWN;
        private long outputAudio = UNKNOWN;
        private long outputImage = UNKNOWN;
        private long webSearches = UNKNOWN;
        private long total = UNKNOWN;
        private boolean estimated;
        private @Nullable String serviceTier;
        private @Nullable RawJson raw;

        private Builder() {}

        private Builder(Builder other) {
            input = other.input;
            cacheRead = other.cacheRead;
            cacheWrite = other.cacheWrite;
            cacheWrite1h = other.cacheWrite1h;
            inputAudio = other.inputAudio;
            inputImage = other.inputImage;
            output = other.output;
            reasoning = other.reasoning;
            outputAudio = other.outputAudio;
            outputImage = other.outputImage;
            webSearches = other.webSearches;
            total = other.total;
            estimated = other.estimated;
            serviceTier = other.serviceTier;
            raw = other.raw;
        }

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

        /** Sets how many of the tokens written to the cache were written for an hour. */
        public Builder cacheWrite1hTokens(long value) {
            cacheWrite1h = value;
            return this;
        }

        /** Sets the tokens of sound in the prompt. */
        public Builder inputAudioTokens(long value) {
            inputAudio = value;
            return this;
        }

        /** Sets the tokens of images in the prompt. */
        public Builder inputImageTokens(long value) {
            inputImage = value;
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

        /** Sets the tokens of sound in the answer. */
        public Builder outputAudioTokens(long value) {
            outputAudio = value;
            return this;
        }

        /** Sets the tokens of images in the answer. */
        public Builder outputImageTokens(long value) {
            outputImage = value;
            return this;
        }

        /** Sets how often the web was searched. */
        public Builder webSearches(long value) {
            webSearches = value;
            return this;
        }

        /** Sets the provider's word for how it handled the call. */
        public Builder serviceTier(@Nullable String value) {
            serviceTier = value;
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
            return new Usage(new Builder(this));
        }

        private boolean sameAs(Builder that) {
            return input == that.input
                    && cacheRead == that.cacheRead
                    && cacheWrite == that.cacheWrite
                    && cacheWrite1h == that.cacheWrite1h
                    && inputAudio == that.inputAudio
                    && inputImage == that.inputImage
                    && output == that.output
                    && reasoning == that.reasoning
                    && outputAudio == that.outputAudio
                    && outputImage == that.outputImage
                    && webSearches == that.webSearches
                    && Objects.equals(serviceTier, that.serviceTier)
                    && total == that.total
                    && estimated == that.estimated;
        }
    }
}
