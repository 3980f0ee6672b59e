package dev.thalweg.core.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The members with the lowest score. */
final class Best {
    private Best() {}

    static <T> List<Member<T>> of(List<Member<T>> members, ToDoubleFunction<Member<T>> score) {
        List<Member<T>> best = new ArrayList<>(members.size());
        double lowest = Double.POSITIVE_INFINITY;
        for (Member<T> member : members) {
            double its = score.applyAsDouble(member);
            if (its < lowest) {
                best.clear();
                lowest = its;
            }
            if (its <= lowest) {
                best.add(member);
            }
        }
        return best;
    }
}
