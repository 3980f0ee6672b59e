package dev.thalweg.config;

import dev.thalweg.core.route.BreakerRules;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategies;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routing while it is read: names are kept with their places, because whether they exist is known when all models are.
 * What is not set is the default, which is written down here and in {@link RoutePolicy}. Not thread-safe.
 */
final class RoutingBuilder {
    Map<GroupName, List<GroupName>> fallbacks = Map.of();
    Map<GroupName, List<GroupName>> contextWindowFallbacks = Map.of();
    Map<GroupName, List<GroupName>> contentPolicyFallbacks = Map.of();
    List<GroupName> defaultFallbacks = List.of();
    Map<GroupName, Map<FailureClass, Integer>> retriesOfGroups = Map.of();
    Map<FailureClass, Integer> retriesOf = Map.of();
    int allowedFails = BreakerRules.DEFAULT.allowedFails();
    Map<FailureClass, Integer> allowedFailsOf = Map.of();
    Duration cooldown = BreakerRules.DEFAULT.cooldown();
    boolean cooldownsDisabled = false;
    int maxFallbacks = RoutePolicy.DEFAULT.maxFallbacks();
    boolean tagFiltering = false;
    boolean anyTag = true;
    boolean enforceLimits = false;
    boolean affinity = false;
    int maxParallel = 0;
    int maxQueue = RoutePolicy.DEFAULT.maxQueue();
    Duration queueTimeout = RoutePolicy.DEFAULT.queueTimeout();
    boolean hedging = false;
    boolean continueStreams = false;

    @Nullable
    Duration hedgingDelay;

    @Nullable
    String strategy;

    private final Map<String, String> modelOf = new HashMap<>();
    private List<GroupLists.Alias> aliases = List.of();

    RoutingSettings build(int retries) {
        return new RoutingSettings(
                new RoutePolicy(
                        breaker(),
                        lists(fallbacks),
                        lists(contextWindowFallbacks),
                        lists(contentPolicyFallbacks),
                        resolved(defaultFallbacks),
                        maxFallbacks,
                        tagFiltering,
                        anyTag,
                        enforceLimits,
                        maxQueue,
                        queueTimeout),
                strategyName(),
                new RetryRules(retries, retriesOf),
                retriesOfGroups(retries),
                aliasMap(),
                maxParallel,
                new Hedging(hedging, hedgingDelay),
                continueStreams);
    }

    private BreakerRules breaker() {
        Duration longest = BreakerRules.DEFAULT.longest();
        return new BreakerRules(
                allowedFails,
                allowedFailsOf,
                cooldown,
                longest.compareTo(cooldown) < 0 ? cooldown : longest,
                cooldownsDisabled);
    }

    private String strategyName() {
        String name = strategy == null ? Strategies.byDefault().name() : strategy;
        return affinity && goesWithAffinity(name) ? RoutingKeys.AFFINITY : name;
    }

    /** Affinity chooses by weights where a request belongs to nothing. */
    static boolean goesWithAffinity(String strategy) {
        return strategy.equals(Strategies.byDefault().name()) || strategy.equals(RoutingKeys.AFFINITY);
    }

    private Map<String, RetryRules> retriesOfGroups(int retries) {
        Map<String, RetryRules> rules = new LinkedHashMap<>();
        retriesOfGroups.forEach(
                (group, counts) -> rules.putIfAbsent(resolved(group.name()), new RetryRules(retries, counts)));
        return rules;
    }

    private Map<String, ModelAlias> aliasMap() {
        Map<String, ModelAlias> map = new LinkedHashMap<>();
        aliases.forEach(alias ->
                map.put(alias.name().name(), new ModelAlias(alias.model().name(), alias.hidden())));
        return map;
    }

    private Map<String, List<String>> lists(Map<GroupName, List<GroupName>> written) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        written.forEach((group, names) -> lists.putIfAbsent(resolved(group.name()), resolved(names)));
        return lists;
    }

    private List<String> resolved(List<GroupName> names) {
        return names.stream().map(name -> resolved(name.name())).distinct().toList();
    }

    void aliases(List<GroupLists.Alias> written) {
        aliases = written;
        modelOf.clear();
        written.forEach(alias -> modelOf.put(alias.name().name(), alias.model().name()));
    }

    List<GroupLists.Alias> aliases() {
        return aliases;
    }

    /** The model's own name, where this is an alias. */
    String resolved(String name) {
        return modelOf.getOrDefault(name, name);
    }
}
