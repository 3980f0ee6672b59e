package dev.thalweg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants beside its question: how long to wait, how often to try, whom to tell what. Given to {@link
 * Thalweg#with}, and for what it does not say the client's settings hold. Immutable.
 *
 * {@snippet :
 * Thalweg quick = thalweg.with(CallOptions.builder().retries(0).header("x-team", "search").build());
 * }
 */
public final class CallOptions {
    /** Nothing special. */
    static final CallOptions NONE = builder().build();

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8000}");

    /** What the connection and the credentials say. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "connection",
            "upgrade",
            "expect",
            "transfer-encoding",
            "authorization",
            "api-key",
            "x-api-key",
            "x-goog-api-key");

    private final @Nullable Timeouts timeouts;
    private final @Nullable Integer retries;
    private final @Nullable Integer restarts;
    private final @Nullable Boolean strict;
    private final Map<String, String> headers;
    private final List<String> tags;
    private final Map<String, String> metadata;

    private CallOptions(Builder builder) {
        timeouts = builder.timeouts;
        retries = builder.retries;
        restarts = builder.restarts;
        strict = builder.strict;
        headers = Map.copyOf(builder.headers);
        tags = List.copyOf(builder.tags);
        metadata = Map.copyOf(builder.metadata);
    }

    /** A builder that says nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** These, and where they say nothing, those: headers, tags and metadata of both. */
    CallOptions over(CallOptions others) {
        Builder all = builder();
        all.timeouts = timeouts != null ? timeouts : others.timeouts;
        all.retries = retries != null ? retries : others.retries;
        all.restarts = restarts != null ? restarts : others.restarts;
        all.strict = strict != null ? strict : others.strict;
        List.of(others, this).forEach(one -> {
            all.headers.putAll(one.headers);
            one.tags.stream().filter(tag -> !all.tags.contains(tag)).forEach(all.tags::add);
            all.metadata.putAll(one.metadata);
        });
        return all.build();
    }

    @Nullable
    Timeouts timeouts() {
        return timeouts;
    }

    @Nullable
    Integer retries() {
        return retries;
    }

    @Nullable
    Integer restarts() {
        return restarts;
    }

    boolean strict() {
        return Boolean.TRUE.equals(strict);
    }

    Map<String, String> headers() {
        return headers;
    }

    List<String> tags() {
        return tags;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Collects what a call wants. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final List<String> tags = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable Timeouts timeouts;
        private @Nullable Integer retries;
        private @Nullable Integer restarts;
        private @Nullable Boolean strict;

        private Builder() {}

        /** Sets how long to wait for what; the time for a connection stays the client's. */
        public Builder timeouts(Timeouts value) {
            timeouts = Objects.requireNonNull(value, "timeouts(null)");
            return this;
        }

        /** Sets how often a failed call is tried again, in each group it goes to. */
        public Builder retries(int value) {
            retries = notNegative("retries", value);
            return this;
        }

        /** Sets how often a stream that breaks after it has begun is asked for again, see {@link Thalweg.Builder#restarts}. */
        public Builder restarts(int value) {
            restarts = notNegative("restarts", value);
            return this;
        }

        /** Sets whether what a provider has no word for is an error, see {@link Thalweg.Builder#strict}. */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /**
         * Adds a header to each request, to a provider or a gateway.
         *
         * @throws IllegalArgumentException for what is no header, and for those that say how to connect or who asks
         */
        public Builder header(String name, String value) {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "header(…): a name has letters, digits and '-', a value is one line of printable ASCII.");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (OURS.contains(lower)) {
                throw new IllegalArgumentException("header(\"" + lower
                        + "\", …) cannot be set: the connection has its own; keys go to apiKey(…).");
            }
            headers.put(lower, value);
            return this;
        }

        /**
         * Adds tags: deployments of a group are chosen by them where {@link Routing.Builder#tagFiltering} is on, here or in the
         * gateway, which also records them. Providers get nothing of them.
         */
        public Builder tags(String... values) {
            tags.addAll(List.of(values));
            return this;
        }

        /**
         * Adds something to tell this call from others: for listeners ({@link CallStart#metadata()}), and for a gateway's
         * records. Providers get nothing of it.
         */
        public Builder metadata(String name, String value) {
            metadata.put(
                    Objects.requireNonNull(name),
                    Objects.requireNonNull(value, () -> "metadata(\"" + name + "\", null)"));
            return this;
        }

        /** What was said so far. */
        public CallOptions build() {
            return new CallOptions(this);
        }

        private static int notNegative(String name, int value) {
            if (value < 0) {
                throw new IllegalArgumentException(name + "(" + value + ") cannot be: 0 is none.");
            }
            return value;
        }
    }
}
