package dev.thalweg.core.catalog;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many letters to insert, remove, replace or swap with a neighbour make one word of another. */
public final class EditDistance {
    private EditDistance() {}

    /**
     * The nearest of the known words, if it is near enough to be meant: within two edits, for four letters within one,
     * and never for three, where every word is near another. Case does not count.
     */
    public static @Nullable String nearest(String word, Collection<String> known) {
        int limit = word.length() <= 3 ? 0 : word.length() == 4 ? 1 : 2;
        String nearest = null;
        int best = limit + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) < best) {
                int distance = between(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return limit == 0 ? null : nearest;
    }

    /** How many. */
    public static int between(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                table[row][column] = cell(table, left, right, row, column);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int cell(int[][] table, String left, String right, int row, int column) {
        if (row == 0 || column == 0) {
            return row + column;
        }
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int distance = Math.min(
                table[row - 1][column - 1] + (same ? 0 : 1),
                Math.min(table[row - 1][column], table[row][column - 1]) + 1);
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(distance, table[row - 2][column - 2] + 1) : distance;
    }
}
