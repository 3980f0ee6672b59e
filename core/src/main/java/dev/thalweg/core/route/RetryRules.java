package dev.thalweg.core.route;

import java.util.Map;

/**
 * How often a request is tried again within a group. Immutable.
 *
 * @param retries further attempts after the first
 * @param retriesOf the same by class of the failure, where it is said for that class ({@code retry_policy})
 */
public record RetryRules(int retries, Map<FailureClass, Integer> retriesOf) {
    /** Copies the map. */
    public RetryRules {
        retriesOf = Map.copyOf(retriesOf);
    }

    /** So many for every class that is worth it. */
    public static RetryRules of(int retries) {
        return new RetryRules(retries, Map.of());
    }

    /** How many after a failure of this class. */
    int after(FailureClass failure) {
        Integer own = retriesOf.get(failure);
        if (own != null) {
            // What the caller did wrong stays wrong: it is tried a second time at most.
            return failure.again() == FailureClass.Again.NEVER ? Math.min(own, 1) : own;
        }
        return failure.again() == FailureClass.Again.NEVER ? 0 : retries;
    }
}
