package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/** The one with the fewest attempts under way; among equals by weight and chance. */
final class LeastBusy implements Strategy {
    private final Strategy amongEquals = new WeightedShuffle();

    @Override
    public String name() {
        return "least-busy";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        return amongEquals.choose(Best.of(open, member -> member.state().inFlight()), request, now, random);
    }
}
