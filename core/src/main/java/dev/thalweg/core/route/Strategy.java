package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/** Which of several deployments that may serve a request does. Implementations are stateless and thread-safe. */
public interface Strategy {
    /** Its name in {@code routing_strategy}. */
    String name();

    /**
     * One of these.
     *
     * @param open at least one, all open and of the same order
     * @param now nanoseconds on the clock of all routing
     */
    <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random);
}
