package dev.thalweg.core.route;

import java.util.List;

/**
 * The deployments that stand in for each other under one name. Immutable but for what its states learn.
 *
 * @param <T> the driver's own view of a deployment
 */
public record ModelGroup<T>(
        String name, List<Member<T>> members, Strategy strategy, RetryRules retries, GroupState state) {
    /** Copies the members. */
    public ModelGroup {
        members = List.copyOf(members);
    }
}
