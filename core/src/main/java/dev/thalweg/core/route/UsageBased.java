package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/** The one with the largest part of its minute's requests and tokens left; among equals by weight and chance. */
final class UsageBased implements Strategy {
    private final Strategy amongEquals = new WeightedShuffle();

    @Override
    public String name() {
        return "usage-based-routing";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        return amongEquals.choose(
                Best.of(open, member -> member.state().share(member.candidate(), now)), request, now, random);
    }
}
