package dev.thalweg.core.stream.property;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Weaves several sequences into one that keeps the order of each. */
final class Lanes {
    private Lanes() {}

    /** One after the other, or dealt out at random in runs of some length. */
    static <T> List<T> weave(Rng rng, List<List<T>> lanes, boolean mixed) {
        List<T> all = new ArrayList<>();
        if (!mixed) {
            lanes.forEach(all::addAll);
            return all;
        }
        List<Deque<T>> left = new ArrayList<>();
        lanes.stream().filter(lane -> !lane.isEmpty()).forEach(lane -> left.add(new ArrayDeque<>(lane)));
        int longest = rng.pick(1, 3, 10);
        while (!left.isEmpty()) {
            Deque<T> lane = rng.pick(left);
            for (int run = rng.between(1, longest); run > 0 && !lane.isEmpty(); run--) {
                all.add(lane.removeFirst());
            }
            left.removeIf(Deque::isEmpty);
        }
        return all;
    }
}
