package dev.thalweg.core.route;

import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The cheapest by the price of a token in plus one out; one without a price comes after all that have one. */
final class LowestCost implements Strategy {
    private final Strategy amongEquals = new WeightedShuffle();

    @Override
    public String name() {
        return "cost-based-routing";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        return amongEquals.choose(Best.of(open, member -> price(member.candidate())), request, now, random);
    }

    static double price(Candidate candidate) {
        @Nullable BigDecimal input = candidate.inputPrice();
        @Nullable BigDecimal output = candidate.outputPrice();
        return input == null || output == null
                ? Double.MAX_VALUE
                : input.add(output).doubleValue();
    }
}
