package dev.thalweg.config;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these titles above its columns. */
    public TextTable(String... titles) {
        row(titles);
    }

    /** Another row, with a cell for each title. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The whole table, a line a row. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .repeat(' ', width(column) - row.get(column).length() + 2);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
