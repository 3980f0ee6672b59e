package dev.thalweg.core.route;

import java.time.Duration;
import java.util.Map;

/**
 * When a deployment is left alone for a while. Immutable.
 *
 * @param allowedFails failures in a minute that do nothing yet; one more opens the breaker where at least half of the
 *     minute's attempts failed, or the last ten in a row
 * @param allowedFailsOf the same by class, where it is said for that class
 * @param cooldown how long it is left alone the first time; each further time in a row twice as long
 * @param longest the most it grows to
 * @param disabled whether no deployment is ever left alone
 */
public record BreakerRules(
        int allowedFails,
        Map<FailureClass, Integer> allowedFailsOf,
        Duration cooldown,
        Duration longest,
        boolean disabled) {

    /** The rules where nothing is configured. */
    public static final BreakerRules DEFAULT =
            new BreakerRules(3, Map.of(), Duration.ofSeconds(5), Duration.ofMinutes(1), false);

    /** Copies the map. */
    public BreakerRules {
        allowedFailsOf = Map.copyOf(allowedFailsOf);
    }

    int allowed(FailureClass failure) {
        return allowedFailsOf.getOrDefault(failure, allowedFails);
    }
}
