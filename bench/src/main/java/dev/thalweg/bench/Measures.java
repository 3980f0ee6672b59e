package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measures of one row while they are taken. */
final class Measures {
    private final String row;
    private final Map<String, Measure> measures = new LinkedHashMap<>();

    Measures(String row) {
        this.row = row;
    }

    /** Announces a measure; the order is that of the report. */
    void define(String what, String unit, Against against, @Nullable Double limit, @Nullable Double stretch) {
        measures.put(what, new Measure(row, what, unit, against, limit, stretch, new LinkedHashMap<>(), 0));
    }

    void add(String what, Subject subject, double value) {
        Measure measure = measures.get(what);
        if (measure == null) {
            throw new IllegalArgumentException("'" + what + "' was not announced");
        }
        measure.rounds()
                .computeIfAbsent(subject.label(), key -> new ArrayList<>())
                .add(value);
    }

    /** A value of the gateway alone, without a target. */
    void value(String what, String unit, double value) {
        define(what, unit, Against.NOTHING, null, null);
        add(what, Subject.GATEWAY, value);
    }

    List<Measure> taken(double othersCpu) {
        return measures.values().stream()
                .filter(measure -> !measure.rounds().isEmpty())
                .map(measure -> new Measure(
                        row,
                        measure.what(),
                        measure.unit(),
                        measure.against(),
                        measure.limit(),
                        measure.stretch(),
                        measure.rounds(),
                        othersCpu))
                .toList();
    }
}
