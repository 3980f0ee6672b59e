package dev.thalweg.core.route;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * By chance, in proportion to the weights; where none has a weight, to the requests per minute, then to the tokens per
 * minute; else evenly.
 */
final class WeightedShuffle implements Strategy {
    /** More than any provider allows; a sum of these is still a long. */
    private static final long HEAVIEST = 1L << 40;

    @Override
    public String name() {
        return "simple-shuffle";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        if (open.size() == 1) {
            return open.get(0);
        }
        ToLongFunction<Candidate> weight = weightOf(open);
        long sum = 0;
        for (Member<T> member : open) {
            sum += weight.applyAsLong(member.candidate());
        }
        long at = random.nextLong(sum);
        for (Member<T> member : open) {
            at -= weight.applyAsLong(member.candidate());
            if (at < 0) {
                return member;
            }
        }
        return open.get(open.size() - 1);
    }

    /** What the deployments are weighed by: never such that all weigh nothing. */
    static <T> ToLongFunction<Candidate> weightOf(List<Member<T>> open) {
        boolean weights = false;
        boolean positive = false;
        boolean requests = false;
        boolean tokens = false;
        for (Member<T> member : open) {
            Integer weight = member.candidate().weight();
            weights |= weight != null;
            positive |= weight == null || weight > 0;
            requests |= member.candidate().requestsPerMinute() > 0;
            tokens |= member.candidate().tokensPerMinute() > 0;
        }
        if (weights && positive) {
            return WeightedShuffle::weight;
        } else if (!weights && requests) {
            return candidate -> limit(candidate.requestsPerMinute());
        } else if (!weights && tokens) {
            return candidate -> limit(candidate.tokensPerMinute());
        }
        return candidate -> 1;
    }

    private static long weight(Candidate candidate) {
        Integer weight = candidate.weight();
        return weight == null ? 1 : Math.max(0, weight);
    }

    private static long limit(long perMinute) {
        return Math.min(HEAVIEST, Math.max(1, perMinute));
    }
}
