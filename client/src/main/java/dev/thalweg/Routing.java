package dev.thalweg;

import dev.thalweg.core.route.BreakerRules;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategy;
import dev.thalweg.error.ThalwegException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups of deployments, and how a call finds one that serves it: the same rules as the gateway's. A call names a group as
 * its model. A deployment that fails before anything of its answer was handed out is followed by another one of its group;
 * then by the groups that stand in. One that keeps failing is left alone for a while. Immutable.
 *
 * {@snippet :
 * Routing routing = Routing.builder()
 *         .group("fast", Deployment.of("groq/llama-3.1-8b-instant"), Deployment.of("openai/gpt-4o-mini"))
 *         .fallbacks("fast", "openai/gpt-4o")
 *         .build();
 * Thalweg.builder().routing(routing).build().complete("fast", "Hello");
 * }
 *
 * <p>What is learnt of deployments belongs to the {@link Thalweg} that is built with it, and is shared by its threads.
 */
public final class Routing {
    /** No group: every model is one deployment, that of its provider. */
    static final Routing NONE = builder().build();

    private final Map<String, List<Deployment>> groups;
    private final Map<String, String> aliases;
    private final Map<String, String> unserved;
    private final @Nullable RetryRules retries;
    private final Map<String, RetryRules> retriesOfGroups;
    private final Map<FailureClass, Integer> retriesOf;
    private final Strategy strategy;
    private final RoutePolicy policy;

    /** That of a configuration file. */
    Routing(
            Map<String, List<Deployment>> groups,
            Map<String, String> aliases,
            Map<String, String> unserved,
            RetryRules retries,
            Map<String, RetryRules> retriesOfGroups,
            Strategy strategy,
            RoutePolicy policy) {
        this.groups = Map.copyOf(groups);
        this.aliases = Map.copyOf(aliases);
        this.unserved = Map.copyOf(unserved);
        this.retries = retries;
        this.retriesOfGroups = Map.copyOf(retriesOfGroups);
        this.retriesOf = retries.retriesOf();
        this.strategy = strategy;
        this.policy = policy;
    }

    private Routing(Builder builder) {
        groups = Map.copyOf(builder.groups);
        aliases = Map.copyOf(builder.aliases);
        unserved = Map.of();
        retries = null;
        retriesOf = Map.copyOf(builder.retriesOf);
        Map<String, RetryRules> own = new LinkedHashMap<>();
        builder.retriesOfGroups.forEach((name, count) -> own.put(name, new RetryRules(count, retriesOf)));
        retriesOfGroups = Map.copyOf(own);
        strategy = builder.strategy.strategy();
        BreakerRules breaker = new BreakerRules(
                builder.allowedFails,
                builder.allowedFailsOf,
                builder.cooldown,
                BreakerRules.DEFAULT.longest(),
                builder.cooldownsDisabled);
        policy = new RoutePolicy(
                breaker,
                builder.fallbacks,
                builder.contextWindowFallbacks,
                builder.contentPolicyFallbacks,
                builder.defaultFallbacks,
                builder.maxFallbacks,
                builder.tagFiltering,
                builder.anyTag,
                builder.enforceLimits,
                builder.maxQueue,
                builder.queueTimeout);
    }

    /** A builder that holds the defaults, and no group. */
    public static Builder builder() {
        return new Builder();
    }

    Map<String, List<Deployment>> groups() {
        return groups;
    }

    /** Other names of models. */
    Map<String, String> aliases() {
        return aliases;
    }

    /** Models that are there and cannot be asked, and why. */
    Map<String, String> unserved() {
        return unserved;
    }

    /** How often a call is tried again where its group does not say; null: as the client says. */
    @Nullable
    RetryRules retries() {
        return retries;
    }

    Map<String, RetryRules> retriesOfGroups() {
        return retriesOfGroups;
    }

    Map<FailureClass, Integer> retriesOf() {
        return retriesOf;
    }

    Strategy strategy() {
        return strategy;
    }

    RoutePolicy policy() {
        return policy;
    }

    /** The groups that others go on to. */
    Set<String> standIns() {
        Set<String> names = new LinkedHashSet<>(policy.defaultFallbacks());
        for (Map<String, List<String>> lists :
                List.of(policy.fallbacks(), policy.contextWindowFallbacks(), policy.contentPolicyFallbacks())) {
            lists.values().forEach(names::addAll);
        }
        return names;
    }

    /** Collects groups and rules. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<Deployment>> groups = new LinkedHashMap<>();
        private final Map<String, String> aliases = new LinkedHashMap<>();
        private final Map<String, Integer> retriesOfGroups = new LinkedHashMap<>();
        private final Map<FailureClass, Integer> retriesOf = new EnumMap<>(FailureClass.class);
        private final Map<FailureClass, Integer> allowedFailsOf = new EnumMap<>(FailureClass.class);
        private final Map<String, List<String>> fallbacks = new LinkedHashMap<>();
        private final Map<String, List<String>> contextWindowFallbacks = new LinkedHashMap<>();
        private final Map<String, List<String>> contentPolicyFallbacks = new LinkedHashMap<>();
        private List<String> defaultFallbacks = List.of();
        private RoutingStrategy strategy = RoutingStrategy.SIMPLE_SHUFFLE;
        private int allowedFails = BreakerRules.DEFAULT.allowedFails();
        private Duration cooldown = BreakerRules.DEFAULT.cooldown();
        private boolean cooldownsDisabled;
        private int maxFallbacks = RoutePolicy.DEFAULT.maxFallbacks();
        private boolean tagFiltering;
        private boolean anyTag = true;
        private boolean enforceLimits;
        private int maxQueue = RoutePolicy.DEFAULT.maxQueue();
        private Duration queueTimeout = RoutePolicy.DEFAULT.queueTimeout();

        private Builder() {}

        /**
         * Adds a group of deployments that stand in for each other. A call that names it as its model goes to one of them. A
         * group may have the name of a model, and is then asked in its place. A {@code *} in the name stands for any text, and
         * in a deployment's model for the same: {@code group("fast/*", Deployment.of("groq/*"))}; an exact name beats a
         * pattern, a longer pattern a shorter one.
         *
         * @throws IllegalArgumentException for a group without a deployment or with one twice
         */
        public Builder group(String name, Deployment... deployments) {
            if (deployments.length == 0) {
                throw new IllegalArgumentException("The group \"" + name + "\" has no deployment.");
            }
            Set<String> ids = new LinkedHashSet<>();
            for (Deployment deployment : deployments) {
                if (!ids.add(deployment.id())) {
                    throw new IllegalArgumentException("The group \"" + name + "\" has two deployments \""
                            + deployment.id() + "\": give each an id(…) of its own.");
                }
            }
            groups.put(name, List.of(deployments));
            return this;
        }

        /** Sets another name for a group or model. */
        public Builder alias(String name, String model) {
            aliases.put(name, model);
            return this;
        }

        /** Sets which open deployment of a group serves. Default {@link RoutingStrategy#SIMPLE_SHUFFLE}. */
        public Builder strategy(RoutingStrategy value) {
            strategy = value;
            return this;
        }

        /**
         * Sets what stands in for a group when none of its deployments could serve, in this order: groups, or models named
         * {@code provider/model}. {@code *} stands for any group.
         */
        public Builder fallbacks(String group, String... others) {
            fallbacks.put(group, List.of(others));
            return this;
        }

        /** Sets what stands in for a group when a prompt is too long for it. */
        public Builder contextWindowFallbacks(String group, String... others) {
            contextWindowFallbacks.put(group, List.of(others));
            return this;
        }

        /** Sets what stands in for a group when a provider's filter refused. */
        public Builder contentPolicyFallbacks(String group, String... others) {
            contentPolicyFallbacks.put(group, List.of(others));
            return this;
        }

        /** Sets what stands in for every group, and every model, that {@link #fallbacks} does not name. */
        public Builder defaultFallbacks(String... others) {
            defaultFallbacks = List.of(others);
            return this;
        }

        /** Sets to how many groups one call may go on. Default 5. */
        public Builder maxFallbacks(int value) {
            maxFallbacks = notNegative("maxFallbacks", value);
            return this;
        }

        /** Sets how often a call of this group is tried again within it. Default: {@link Thalweg.Builder#retries}. */
        public Builder retries(String group, int value) {
            retriesOfGroups.put(group, notNegative("retries", value));
            return this;
        }

        /**
         * Sets how often a call is tried again after a failure of this class, whatever else is said. Classes that routing
         * does not tell apart are set together. What the caller did wrong is tried again once at most.
         */
        public Builder retriesAfter(Class<? extends ThalwegException> failure, int value) {
            retriesOf.put(RouteFailure.of(failure), notNegative("retriesAfter", value));
            return this;
        }

        /**
         * Sets how many failures in a minute do nothing yet; one more, where at least half of the attempts failed, and the
         * deployment is left alone. Default 3.
         */
        public Builder allowedFails(int value) {
            allowedFails = notNegative("allowedFails", value);
            return this;
        }

        /** Sets the same for failures of this class; without it a rate limit and a refused key count at once. */
        public Builder allowedFails(Class<? extends ThalwegException> failure, int value) {
            allowedFailsOf.put(RouteFailure.of(failure), notNegative("allowedFails", value));
            return this;
        }

        /**
         * Sets how long a deployment is left alone the first time; then twice as long each time, up to a minute or this if it
         * is longer. What a provider asks for wins. Default 5 seconds.
         */
        public Builder cooldown(Duration value) {
            cooldown = positive("cooldown", value);
            return this;
        }

        /** Leaves no deployment alone, ever. */
        public Builder noCooldowns() {
            cooldownsDisabled = true;
            return this;
        }

        /**
         * Lets calls choose by tags: a call with {@code extra("tags", "[\"eu\"]")} goes to deployments that have one of them,
         * a call without to those tagged {@code default}.
         *
         * @param all whether a deployment must have all of a call's tags
         */
        public Builder tagFiltering(boolean all) {
            tagFiltering = true;
            anyTag = !all;
            return this;
        }

        /** Refuses calls when every deployment has spent its minute, which else is asked all the same. */
        public Builder enforceLimits() {
            enforceLimits = true;
            return this;
        }

        /**
         * Sets how many calls of a group may wait for a deployment that serves as many as it may, and how long each. Default
         * 100 calls and 10 seconds.
         */
        public Builder queue(int calls, Duration timeout) {
            maxQueue = notNegative("queue", calls);
            queueTimeout = positive("queue", timeout);
            return this;
        }

        /** The routing as set so far. */
        public Routing build() {
            return new Routing(this);
        }

        private static int notNegative(String name, int value) {
            if (value < 0) {
                throw new IllegalArgumentException(name + "(" + value + ") cannot be negative.");
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(Timeouts.LONGEST) > 0) {
                throw new IllegalArgumentException(name + "(" + value + ") is no time to wait.");
            }
            return value;
        }
    }
}
