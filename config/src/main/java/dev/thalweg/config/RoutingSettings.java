package dev.thalweg.config;

import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategies;
import dev.thalweg.core.route.Strategy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How requests find their deployments. Immutable. Names in it are names of {@code model_list}: aliases are replaced.
 *
 * @param policy breakers, fallbacks, tags, queues
 * @param strategyName the strategy's name
 * @param retries how often a request is tried again in a group that has no rules of its own
 * @param retriesOf the rules of groups that have
 * @param aliases further names of models, by alias
 * @param maxParallel the most requests at a time of a deployment that says nothing; 0: any number
 * @param hedging whether a second deployment is asked when the first one takes long to begin
 * @param continueStreams whether a stream that was cut goes on at another deployment
 */
public record RoutingSettings(
        RoutePolicy policy,
        String strategyName,
        RetryRules retries,
        Map<String, RetryRules> retriesOf,
        Map<String, ModelAlias> aliases,
        int maxParallel,
        Hedging hedging,
        boolean continueStreams) {

    /** Copies the maps, keeping their order. */
    public RoutingSettings {
        retriesOf = Collections.unmodifiableMap(new LinkedHashMap<>(retriesOf));
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }

    /** The strategy of every group. */
    public Strategy strategy() {
        return Strategies.named(strategyName).orElseGet(Strategies::byDefault);
    }

    /** How often a request is tried again within this group. */
    public RetryRules retries(String group) {
        return retriesOf.getOrDefault(group, retries);
    }

    /** The name in {@code model_list} of a model that was asked for by this name. */
    public String resolved(String model) {
        ModelAlias alias = aliases.get(model);
        return alias == null ? model : alias.model();
    }
}
