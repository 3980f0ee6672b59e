package dev.thalweg.core.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How requests are routed, whatever their group. Immutable.
 *
 * @param breaker when a deployment is left alone
 * @param fallbacks the groups that stand in for a group, in their order; {@code *} stands for any group
 * @param contextWindowFallbacks the same where the prompt is too long
 * @param contentPolicyFallbacks the same where a provider's filter refused
 * @param defaultFallbacks stand in for every group that {@code fallbacks} does not name
 * @param maxFallbacks how many groups one request may go on to
 * @param tagFiltering whether a deployment serves only requests that ask for one of its tags
 * @param anyTag whether one tag in common is enough; else all that the request asks for
 * @param enforceLimits whether a request is refused when all deployments have spent their minute
 * @param maxQueue how many requests of a group may wait for room
 * @param queueTimeout how long each of them waits
 */
public record RoutePolicy(
        BreakerRules breaker,
        Map<String, List<String>> fallbacks,
        Map<String, List<String>> contextWindowFallbacks,
        Map<String, List<String>> contentPolicyFallbacks,
        List<String> defaultFallbacks,
        int maxFallbacks,
        boolean tagFiltering,
        boolean anyTag,
        boolean enforceLimits,
        int maxQueue,
        Duration queueTimeout) {

    /** The policy where nothing is configured. */
    public static final RoutePolicy DEFAULT = new RoutePolicy(
            BreakerRules.DEFAULT,
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            5,
            false,
            true,
            false,
            100,
            Duration.ofSeconds(10));

    private static final String ANY = "*";

    /** Copies the lists. */
    public RoutePolicy {
        fallbacks = Map.copyOf(fallbacks);
        contextWindowFallbacks = Map.copyOf(contextWindowFallbacks);
        contentPolicyFallbacks = Map.copyOf(contentPolicyFallbacks);
        defaultFallbacks = List.copyOf(defaultFallbacks);
    }

    /** The groups that stand in for this one after a failure of this kind. */
    List<String> standIns(FailureClass.Fallback kind, String group) {
        return switch (kind) {
            case NONE -> List.of();
            case CONTEXT_WINDOW -> of(contextWindowFallbacks, group, List.of());
            case CONTENT_POLICY -> of(contentPolicyFallbacks, group, List.of());
            case GENERAL -> of(fallbacks, group, defaultFallbacks);
        };
    }

    /** By the group's name, then without its provider's prefix, then for any group. */
    private static List<String> of(Map<String, List<String>> lists, String group, List<String> otherwise) {
        List<String> found = lists.get(group);
        if (found == null) {
            found = lists.get(group.substring(group.indexOf('/') + 1));
        }
        return found != null ? found : lists.getOrDefault(ANY, otherwise);
    }
}
