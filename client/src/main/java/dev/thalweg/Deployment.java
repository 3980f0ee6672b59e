package dev.thalweg;

import dev.thalweg.core.route.Candidate;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model at a place that serves it: one of those that stand in for each other in a group of a {@link Routing}. Immutable.
 *
 * {@snippet :
 * Deployment.builder("azure/my-gpt-4o").baseUrl("https://eu.example.com").apiKey(key).weight(9).build();
 * }
 */
public final class Deployment {
    private final Candidate candidate;
    private final Endpoint endpoint;

    /** One that a configuration file describes. */
    Deployment(Candidate candidate, Endpoint endpoint) {
        this.candidate = candidate;
        this.endpoint = endpoint;
    }

    private Deployment(Builder builder) {
        String id = builder.id != null ? builder.id : usualId(builder.model, builder.baseUrl);
        endpoint = new Endpoint(id, builder.model, builder.apiKey, builder.baseUrl, Map.copyOf(builder.options), null);
        candidate = new Candidate(
                id,
                builder.weight,
                builder.order,
                builder.requestsPerMinute,
                builder.tokensPerMinute,
                builder.maxParallel,
                builder.retries,
                builder.tags,
                builder.region,
                builder.inputPrice,
                builder.outputPrice);
    }

    private static String usualId(String model, @Nullable String baseUrl) {
        return baseUrl == null
                ? model
                : model + "@" + URI.create(baseUrl.strip()).getAuthority();
    }

    /**
     * This model at its provider, with the provider's key and base URL.
     *
     * @param model {@code provider/model}
     */
    public static Deployment of(String model) {
        return builder(model).build();
    }

    /**
     * A builder for this model.
     *
     * @param model {@code provider/model}
     */
    public static Builder builder(String model) {
        return new Builder(model);
    }

    /** Its name in attempts and messages. */
    public String id() {
        return endpoint.id();
    }

    /** What it is asked for, {@code provider/model}. */
    public String model() {
        return endpoint.model();
    }

    Candidate candidate() {
        return candidate;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Its id: never its key. */
    @Override
    public String toString() {
        return id();
    }

    /** Collects what is to be known of a deployment. Not thread-safe. */
    public static final class Builder {
        private final String model;
        private @Nullable String id;
        private @Nullable String apiKey;
        private @Nullable String baseUrl;
        private final Map<String, String> options = new HashMap<>();
        private @Nullable Integer weight;
        private int order;
        private long requestsPerMinute;
        private long tokensPerMinute;
        private int maxParallel;
        private @Nullable Integer retries;
        private Set<String> tags = Set.of();
        private @Nullable String region;
        private @Nullable BigDecimal inputPrice;
        private @Nullable BigDecimal outputPrice;

        private Builder(String model) {
            this.model = Objects.requireNonNull(model, "a deployment without a model");
        }

        /**
         * Sets its name. Two deployments with one name are the same one: what is learnt of it in one group holds in the
         * other. Default: the model, and with a base URL {@code model@host}.
         */
        public Builder id(String value) {
            id = value;
            return this;
        }

        /** Sets its own key. Default: its provider's. Not used where every model is asked through a gateway. */
        public Builder apiKey(String value) {
            apiKey = Objects.requireNonNull(value, "apiKey(null): is its variable set?");
            return this;
        }

        /**
         * Sets its own base URL. Default: its provider's. Not used where every model is asked through a gateway.
         *
         * @throws IllegalArgumentException for what is no URL
         */
        public Builder baseUrl(String value) {
            URI unused = BaseUrl.of(BaseUrl.ANY, value, "baseUrl(…) of the deployment " + model);
            baseUrl = value;
            return this;
        }

        /**
         * Sets a parameter of its account, by its name in a configuration file: {@code aws_region_name}, {@code vertex_project}.
         * Default: its provider's. Not used where every model is asked through a gateway.
         */
        public Builder option(String key, String value) {
            options.put(
                    key, Objects.requireNonNull(value, () -> "option(\"" + key + "\", null): is its variable set?"));
            return this;
        }

        /** Sets its share of its group's calls, for the strategies that choose by weight; 0: where nobody else is left. */
        public Builder weight(int value) {
            weight = notNegative("weight", value);
            return this;
        }

        /** Sets its turn: of those that are open the ones with the lowest number serve. Default 0. */
        public Builder order(int value) {
            order = notNegative("order", value);
            return this;
        }

        /** Sets how many requests a minute the provider allows ({@code rpm}). Default 0: not known. */
        public Builder requestsPerMinute(long value) {
            requestsPerMinute = notNegative("requestsPerMinute", value);
            return this;
        }

        /** Sets how many tokens a minute the provider allows ({@code tpm}). Default 0: not known. */
        public Builder tokensPerMinute(long value) {
            tokensPerMinute = notNegative("tokensPerMinute", value);
            return this;
        }

        /** Sets how many calls it serves at a time; a stream is one until its end. Default 0: any number. */
        public Builder maxParallel(int value) {
            maxParallel = notNegative("maxParallel", value);
            return this;
        }

        /** Sets how often a call is tried again after it failed here. Default: as its group says. */
        public Builder retries(int value) {
            retries = notNegative("retries", value);
            return this;
        }

        /** Sets what calls may ask for, see {@link Routing.Builder#tagFiltering}. Default none. */
        public Builder tags(String... values) {
            tags = Set.of(values);
            return this;
        }

        /** Sets where it runs, for calls that ask for a region. */
        public Builder region(String value) {
            region = value;
            return this;
        }

        /** Sets what a token costs, in US dollars, for the strategy that chooses by it. */
        public Builder prices(BigDecimal inputToken, BigDecimal outputToken) {
            inputPrice = inputToken;
            outputPrice = outputToken;
            return this;
        }

        /** The deployment as set so far. */
        public Deployment build() {
            return new Deployment(this);
        }

        private static int notNegative(String name, int value) {
            return Math.toIntExact(notNegative(name, (long) value));
        }

        private static long notNegative(String name, long value) {
            if (value < 0) {
                throw new IllegalArgumentException(name + "(" + value + ") of a deployment cannot be negative.");
            }
            return value;
        }
    }
}
