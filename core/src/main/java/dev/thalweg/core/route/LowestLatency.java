package dev.thalweg.core.route;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The faster of two by chance, by the usual time to the first token (of answers in one piece: to the end), times how many
 * already wait for it. Two by chance rather than the fastest of all: otherwise everybody runs to the same one. One that was
 * never measured is tried first, by one request at a time.
 */
final class LowestLatency implements Strategy {
    @Override
    public String name() {
        return "latency-based-routing";
    }

    @Override
    public <T> Member<T> choose(List<Member<T>> open, RouteRequest request, long now, RandomGenerator random) {
        if (open.size() == 1) {
            return open.get(0);
        }
        int first = random.nextInt(open.size());
        int second = random.nextInt(open.size() - 1);
        Member<T> one = open.get(first);
        Member<T> other = open.get(second >= first ? second + 1 : second);
        return cost(other, request.stream()) < cost(one, request.stream()) ? other : one;
    }

    static double cost(Member<?> member, boolean stream) {
        double usual = member.state().latencyNanos(stream);
        int waiting = member.state().inFlight();
        if (usual == 0) {
            return waiting == 0 ? 0 : Double.MAX_VALUE;
        }
        return usual * (waiting + 1);
    }
}
