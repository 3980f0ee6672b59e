package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/** The first in the configuration's order. */
final class PriorityOrder implements Strategy {
    @Override
    public String name() {
        return "priority-order";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        return open.get(0);
    }
}
