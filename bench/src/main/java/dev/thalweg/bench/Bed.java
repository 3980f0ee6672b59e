package dev.thalweg.bench;

import java.util.List;

/**
 * What a row is given.
 *
 * @param scene the three that are compared
 * @param rounds how often each is measured
 * @param quick whether it is only to be seen that everything works
 */
record Bed(Scene scene, int rounds, boolean quick) {
    /** This many seconds, or one when it is to be quick. */
    int seconds(int full) {
        return quick ? 1 : full;
    }

    /** This many, or few when it is to be quick. */
    int count(int full) {
        return quick ? Math.max(1, full / 10) : full;
    }

    /** Those of these who are measured in a round; who comes first changes. */
    static List<Subject> inTurn(int round, Subject... subjects) {
        List<Subject> order = List.of(subjects);
        return round % 2 == 0 ? order : order.reversed();
    }
}
