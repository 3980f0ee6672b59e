package dev.thalweg.config;

import dev.thalweg.config.SettingKey.Group;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The keys of routing. They may stand in {@code router_settings} and in {@code thalweg_settings}; the former win. */
final class RoutingKeys {
    /** The strategy that sends what belongs together to the same deployment. */
    static final String AFFINITY = "session-affinity";

    private static final String LIMITS = "enforce_model_rate_limits";
    private static final Set<String> AFFINITY_CHECKS =
            Set.of("prompt_caching", "session_affinity", "deployment_affinity");

    /** Checks that LiteLLM has, too. */
    private static final Set<String> OTHER_CHECKS = Set.of(
            "router_budget_limiting",
            "responses_api_deployment_check",
            "forward_client_headers_by_model_group",
            "encrypted_content_affinity");

    private static final Duration INSTANT = Duration.ofMillis(1);

    private RoutingKeys() {}

    static List<SettingKey> in(Group group) {
        List<SettingKey> keys = new ArrayList<>();
        keys.add(new SettingKey(group, "routing_strategy", RoutingKeys::strategy));
        keys.addAll(failures(group));
        keys.addAll(fallbacks(group));
        keys.addAll(selection(group));
        keys.addAll(own(group));
        return keys;
    }

    private static List<SettingKey> failures(Group group) {
        return List.of(
                new SettingKey(
                        group,
                        "retry_policy",
                        (entry, values, settings) -> settings.routing().retriesOf =
                                FailureCounts.read(entry, values, FailureCounts.RETRIES)),
                new SettingKey(group, "model_group_retry_policy", RoutingKeys::retriesOfGroups),
                integer(group, "allowed_fails", 0, (routing, value) -> routing.allowedFails = value),
                new SettingKey(
                        group,
                        "allowed_fails_policy",
                        (entry, values, settings) -> settings.routing().allowedFailsOf =
                                FailureCounts.read(entry, values, FailureCounts.ALLOWED_FAILS)),
                SettingKey.duration(
                        group, "cooldown_time", INSTANT, (settings, value) -> settings.routing().cooldown = value),
                flag(group, "disable_cooldowns", (routing, value) -> routing.cooldownsDisabled = value));
    }

    private static List<SettingKey> fallbacks(Group group) {
        return List.of(
                new SettingKey(
                        group,
                        "fallbacks",
                        (entry, values, settings) -> settings.routing().fallbacks = GroupLists.byGroup(entry, values)),
                new SettingKey(
                        group,
                        "context_window_fallbacks",
                        (entry, values, settings) ->
                                settings.routing().contextWindowFallbacks = GroupLists.byGroup(entry, values)),
                new SettingKey(
                        group,
                        "content_policy_fallbacks",
                        (entry, values, settings) ->
                                settings.routing().contentPolicyFallbacks = GroupLists.byGroup(entry, values)),
                new SettingKey(
                        group,
                        "default_fallbacks",
                        (entry, values, settings) ->
                                settings.routing().defaultFallbacks = GroupLists.names(entry, values)),
                SettingKey.integer(
                        group, "max_fallbacks", 0, 100, (settings, value) -> settings.routing().maxFallbacks = value),
                new SettingKey(
                        group,
                        "model_group_alias",
                        (entry, values, settings) -> settings.routing().aliases(GroupLists.aliases(entry, values))));
    }

    private static List<SettingKey> selection(Group group) {
        return List.of(
                flag(group, "enable_tag_filtering", (routing, value) -> routing.tagFiltering = value),
                flag(group, "tag_filtering_match_any", (routing, value) -> routing.anyTag = value),
                new SettingKey(group, "optional_pre_call_checks", RoutingKeys::checks),
                integer(group, "default_max_parallel_requests", 1, (routing, value) -> routing.maxParallel = value));
    }

    private static List<SettingKey> own(Group group) {
        return List.of(
                integer(group, "max_queue", 0, (routing, value) -> routing.maxQueue = value),
                SettingKey.duration(
                        group, "queue_timeout", INSTANT, (settings, value) -> settings.routing().queueTimeout = value),
                flag(group, "hedging", (routing, value) -> routing.hedging = value),
                SettingKey.duration(
                        group, "hedging_delay", INSTANT, (settings, value) -> settings.routing().hedgingDelay = value),
                flag(group, "continue_streams", (routing, value) -> routing.continueStreams = value));
    }

    private static void strategy(Entry entry, Values values, SettingsBuilder settings) {
        String name = values.text(entry);
        if (name == null) {
            return;
        }
        Strategies.named(name)
                .ifPresentOrElse(
                        strategy -> settings.routing().strategy = strategy.name(),
                        () -> values.expected(entry, "one of " + String.join(", ", Strategies.names())));
    }

    private static void retriesOfGroups(Entry entry, Values values, SettingsBuilder settings) {
        Map<GroupName, Map<FailureClass, Integer>> policies = new LinkedHashMap<>();
        Section section = values.section(entry.value(), entry.path());
        for (Entry each : section == null ? List.<Entry>of() : List.copyOf(section.entries())) {
            policies.put(
                    new GroupName(each.key(), each.keyNode(), entry.path()),
                    FailureCounts.read(each, values, FailureCounts.RETRIES));
        }
        settings.routing().retriesOfGroups = policies;
    }

    private static void checks(Entry entry, Values values, SettingsBuilder settings) {
        RoutingBuilder routing = settings.routing();
        routing.enforceLimits = false;
        routing.affinity = false;
        for (String check : values.shortTexts(entry)) {
            routing.enforceLimits |= check.equals(LIMITS);
            routing.affinity |= AFFINITY_CHECKS.contains(check);
            if (OTHER_CHECKS.contains(check)) {
                values.notInEffect(entry.keyNode(), check + " of " + entry.path() + " is not in effect");
            } else if (!check.equals(LIMITS) && !AFFINITY_CHECKS.contains(check)) {
                values.expected(
                        entry,
                        "a list of some of " + LIMITS + ", session_affinity, deployment_affinity and"
                                + " prompt_caching");
            }
        }
    }

    private static SettingKey integer(
            Group group, String name, int smallest, BiConsumer<RoutingBuilder, Integer> setter) {
        return SettingKey.integer(
                group, name, smallest, 1_000_000, (settings, value) -> setter.accept(settings.routing(), value));
    }

    private static SettingKey flag(Group group, String name, BiConsumer<RoutingBuilder, Boolean> setter) {
        return SettingKey.flag(group, name, (settings, value) -> setter.accept(settings.routing(), value));
    }
}
