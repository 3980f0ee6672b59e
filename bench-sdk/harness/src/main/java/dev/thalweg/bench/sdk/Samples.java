package dev.thalweg.bench.sdk;

import java.util.ArrayList;
import java.util.List;

/** One quantity as measured in each round. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return median(values);
    }

    /** How often the other it is, round by round: median, and in brackets the smallest and largest. */
    String times(Samples other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        return "× %.2f (%.2f..%.2f)".formatted(median(ratios), sorted.getFirst(), sorted.getLast());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
