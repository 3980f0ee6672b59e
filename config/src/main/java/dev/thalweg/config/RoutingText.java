package dev.thalweg.config;

import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.upstream.KeyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Routing as lines: its settings by the keys of the file, and what they come to for each model. */
final class RoutingText {
    private static final String NONE = "none";

    private RoutingText() {}

    static Map<String, String> lines(RoutingSettings routing) {
        RoutePolicy policy = routing.policy();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("routing_strategy", routing.strategyName());
        lines.put("retry_policy", FailureCounts.text(routing.retries().retriesOf(), FailureCounts.RETRIES));
        lines.put(
                "model_group_retry_policy",
                byName(routing.retriesOf(), rules -> FailureCounts.text(rules.retriesOf(), FailureCounts.RETRIES)));
        lines.put("allowed_fails", Integer.toString(policy.breaker().allowedFails()));
        lines.put(
                "allowed_fails_policy",
                FailureCounts.text(policy.breaker().allowedFailsOf(), FailureCounts.ALLOWED_FAILS));
        lines.put("cooldown_time", Durations.text(policy.breaker().cooldown()));
        lines.put("disable_cooldowns", Boolean.toString(policy.breaker().disabled()));
        lines.put("fallbacks", byName(policy.fallbacks(), RoutingText::names));
        lines.put("context_window_fallbacks", byName(policy.contextWindowFallbacks(), RoutingText::names));
        lines.put("content_policy_fallbacks", byName(policy.contentPolicyFallbacks(), RoutingText::names));
        lines.put("default_fallbacks", names(policy.defaultFallbacks()));
        lines.put("max_fallbacks", Integer.toString(policy.maxFallbacks()));
        lines.put("model_group_alias", byName(routing.aliases(), RoutingText::target));
        lines.put("enable_tag_filtering", Boolean.toString(policy.tagFiltering()));
        lines.put("tag_filtering_match_any", Boolean.toString(policy.anyTag()));
        lines.put("enforce_model_rate_limits", Boolean.toString(policy.enforceLimits()));
        lines.put("default_max_parallel_requests", count(routing.maxParallel()));
        lines.put("max_queue", Integer.toString(policy.maxQueue()));
        lines.put("queue_timeout", Durations.text(policy.queueTimeout()));
        lines.put("hedging", Boolean.toString(routing.hedging().enabled()));
        lines.put(
                "hedging_delay",
                routing.hedging().delay() == null
                        ? NONE
                        : Durations.text(routing.hedging().delay()));
        lines.put("continue_streams", Boolean.toString(routing.continueStreams()));
        return lines;
    }

    /** A line for each model that several deployments serve or that others stand in for, and for each alias. */
    static List<String> models(GatewayConfig config) {
        Map<String, Long> deployments = config.deployments().stream()
                .collect(Collectors.groupingBy(Deployment::modelName, LinkedHashMap::new, Collectors.counting()));
        RoutingSettings routing = config.settings().routing();
        List<String> lines = new ArrayList<>();
        deployments.forEach((model, count) -> {
            List<String> parts = new ArrayList<>();
            if (count > 1) {
                parts.add(count + " deployments by " + routing.strategyName());
            }
            parts.addAll(standIns(routing.policy(), model));
            if (!parts.isEmpty()) {
                lines.add(KeyText.name(model) + ": " + String.join("; ", parts));
            }
        });
        routing.aliases().forEach((alias, model) -> lines.add(KeyText.name(alias) + ": an alias of " + target(model)));
        return lines;
    }

    private static List<String> standIns(RoutePolicy policy, String model) {
        List<String> parts = new ArrayList<>();
        add(parts, "then", of(policy.fallbacks(), model, policy.defaultFallbacks()), model);
        add(parts, "for a long prompt", of(policy.contextWindowFallbacks(), model, List.of()), model);
        add(parts, "when filtered", of(policy.contentPolicyFallbacks(), model, List.of()), model);
        return parts;
    }

    private static void add(List<String> parts, String when, List<String> names, String model) {
        List<String> others = names.stream().filter(name -> !name.equals(model)).toList();
        if (!others.isEmpty()) {
            parts.add(when + " " + names(others));
        }
    }

    private static List<String> of(Map<String, List<String>> lists, String model, List<String> otherwise) {
        List<String> own = lists.getOrDefault(model, lists.get(model.substring(model.indexOf('/') + 1)));
        return own != null ? own : lists.getOrDefault("*", otherwise);
    }

    /** A limit where zero means that there is none. */
    static String count(int limit) {
        return limit == 0 ? NONE : Integer.toString(limit);
    }

    private static String target(ModelAlias alias) {
        return KeyText.name(alias.model()) + (alias.hidden() ? " (hidden)" : "");
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? NONE : names.stream().map(KeyText::name).collect(Collectors.joining(", "));
    }

    private static <V> String byName(Map<String, V> map, Function<V, String> text) {
        return map.isEmpty()
                ? NONE
                : new TreeMap<>(map)
                        .entrySet().stream()
                                .map(entry -> KeyText.name(entry.getKey()) + ": " + text.apply(entry.getValue()))
                                .collect(Collectors.joining("; "));
    }
}
