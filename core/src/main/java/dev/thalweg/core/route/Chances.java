package dev.thalweg.core.route;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** How likely a strategy chooses which of several deployments. A test holds it against what the strategies do. */
final class Chances {
    private Chances() {}

    /** From 0 to 1 for each of these, 1 in all; nothing where there is none. */
    static <T> double[] of(Strategy strategy, List<Member<T>> open, RouteRequest request, long now) {
        if (open.isEmpty()) {
            return new double[0];
        }
        return switch (strategy) {
            case WeightedShuffle ignored -> byWeight(open, open);
            case LeastBusy ignored -> best(open, member -> member.state().inFlight());
            case UsageBased ignored -> best(open, member -> member.state().share(member.candidate(), now));
            case LowestCost ignored -> best(open, member -> LowestCost.price(member.candidate()));
            case LowestLatency ignored -> fasterOfTwo(open, request.stream());
            case SessionAffinity ignored when request.affinity() == null -> byWeight(open, open);
            default -> certain(open, strategy.choose(open, request, now, new SplittableRandom(0)));
        };
    }

    private static <T> double[] certain(List<Member<T>> open, Member<T> chosen) {
        double[] chances = new double[open.size()];
        chances[open.indexOf(chosen)] = 1;
        return chances;
    }

    private static <T> double[] best(List<Member<T>> open, ToDoubleFunction<Member<T>> score) {
        return byWeight(open, Best.of(open, score));
    }

    /** Of some of these, in the same order. */
    private static <T> double[] byWeight(List<Member<T>> open, List<Member<T>> among) {
        ToLongFunction<Candidate> weight = WeightedShuffle.weightOf(among);
        double sum = among.stream()
                .mapToLong(member -> weight.applyAsLong(member.candidate()))
                .sum();
        double[] chances = new double[open.size()];
        int next = 0;
        for (int i = 0; i < chances.length && next < among.size(); i++) {
            Member<T> member = among.get(next);
            if (open.get(i).equals(member)) {
                chances[i] = among.size() == 1 ? 1 : weight.applyAsLong(member.candidate()) / sum;
                next++;
            }
        }
        return chances;
    }

    /** Each pair in each order is as likely; the first of the two keeps it where both are as fast. */
    private static <T> double[] fasterOfTwo(List<Member<T>> open, boolean stream) {
        int count = open.size();
        if (count == 1) {
            return new double[] {1};
        }
        double[] costs = open.stream()
                .mapToDouble(member -> LowestLatency.cost(member, stream))
                .toArray();
        double[] chances = new double[count];
        Arrays.setAll(chances, one -> {
            double won = 0;
            for (int other = 0; other < count; other++) {
                if (other != one) {
                    won += costs[one] < costs[other] ? 2 : costs[one] == costs[other] ? 1 : 0;
                }
            }
            return won / ((double) count * (count - 1));
        });
        return chances;
    }
}
