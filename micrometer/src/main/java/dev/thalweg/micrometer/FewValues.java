package dev.thalweg.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a tag from having more values than a registry should hold: what comes late is {@code other}. Thread-safe. */
final class FewValues {
    static final String OTHER = "other";
    static final String NONE = "none";
    private static final int LONGEST = 120;

    private final int most;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    FewValues(int most) {
        this.most = most;
    }

    /** This value, or the word for those that are too many; {@code none} for an empty one. */
    String of(String value) {
        if (value.isEmpty()) {
            return NONE;
        }
        if (seen.contains(value)) {
            return value;
        }
        boolean room = value.length() <= LONGEST && seen.size() < most;
        return room && seen.add(value) ? value : seen.contains(value) ? value : OTHER;
    }
}
