package dev.thalweg.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number that was measured in several rounds.
 *
 * @param rounds a value for each round, by who was measured
 * @param limit what the comparison should stay within; null where there is none
 * @param stretch what it would be good to reach
 * @param othersCpu how many cores other programs used meanwhile
 */
record Measure(
        String row,
        String what,
        String unit,
        Against against,
        @Nullable Double limit,
        @Nullable Double stretch,
        Map<String, List<Double>> rounds,
        double othersCpu) {
    /** What is compared with what. */
    enum Against {
        /** nginx of the same round: a ratio. */
        NGINX("× ", Subject.GATEWAY, Subject.NGINX),
        /** Asking the upstream directly in the same round: what is added. */
        DIRECT("+ ", Subject.GATEWAY, Subject.DIRECT),
        /** The bare gateway of the same round: a ratio. */
        BARE("× ", Subject.GATEWAY, Subject.BARE),
        /** Many deployments and keys, beside one of the same round: a ratio. */
        ONE("× ", Subject.MANY, Subject.GATEWAY),
        /** Another model of the same gateway in the same round: what is added. */
        STAND_IN("+ ", Subject.GATEWAY, Subject.BARE),
        /** Nothing: the value itself. */
        NOTHING("", Subject.GATEWAY, null);

        private final String sign;
        private final Subject compared;
        private final @Nullable Subject base;

        Against(String sign, Subject compared, @Nullable Subject base) {
            this.sign = sign;
            this.compared = compared;
            this.base = base;
        }

        String sign() {
            return sign;
        }
    }

    /** The comparison, round by round. */
    List<Double> compared() {
        List<Double> measured = of(against.compared);
        if (against.base == null) {
            return measured;
        }
        List<Double> base = of(against.base);
        List<Double> compared = new ArrayList<>();
        for (int i = 0; i < Math.min(measured.size(), base.size()); i++) {
            compared.add(against.sign.startsWith("+") ? measured.get(i) - base.get(i) : measured.get(i) / base.get(i));
        }
        return compared;
    }

    List<Double> of(Subject subject) {
        return rounds.getOrDefault(subject.label(), List.of());
    }

    /** Whether it is within its limit. */
    String verdict() {
        if (limit == null || compared().isEmpty()) {
            return "";
        }
        double is = median(compared());
        return is > limit ? "falls short" : stretch != null && is <= stretch ? "ok, stretch too" : "ok";
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
