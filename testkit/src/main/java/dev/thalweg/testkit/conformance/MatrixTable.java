package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a matrix as a Markdown table: a row a scenario, a column a pair, and below it the reasons by number. */
final class MatrixTable {
    private final Matrix matrix;
    private final Map<String, Integer> notes = new LinkedHashMap<>();

    MatrixTable(Matrix matrix) {
        this.matrix = matrix;
    }

    String markdown() {
        var head = new StringBuilder("| caller → provider |");
        var line = new StringBuilder("| --- |");
        for (Front front : matrix.fronts()) {
            for (Upstream upstream : matrix.upstreams()) {
                head.append(' ')
                        .append(front.protocol())
                        .append(" → ")
                        .append(upstream.protocol())
                        .append(" |");
                line.append(" --- |");
            }
        }
        var table = new StringBuilder().append(head).append('\n').append(line).append('\n');
        for (Scenario scenario :
                matrix.cells().stream().map(Cell::scenario).distinct().toList()) {
            row(scenario, table);
        }
        notes.forEach(
                (text, number) -> table.append('\n').append(number).append(". ").append(text.replace("|", "\\|")));
        return table.append(notes.isEmpty() ? "" : "\n").toString();
    }

    private void row(Scenario scenario, StringBuilder table) {
        table.append("| ").append(scenario.name()).append(" |");
        for (Front front : matrix.fronts()) {
            for (Upstream upstream : matrix.upstreams()) {
                List<Cell> cells = matrix.cells().stream()
                        .filter(cell -> cell.scenario().equals(scenario)
                                && cell.front() == front.protocol()
                                && cell.upstream() == upstream.protocol())
                        .toList();
                table.append(' ').append(text(cells)).append(" |");
            }
        }
        table.append('\n');
    }

    /** One word where both forms came out the same. */
    private String text(List<Cell> cells) {
        List<String> words = cells.stream().map(this::word).toList();
        if (words.stream().distinct().count() <= 1) {
            return words.isEmpty() ? "" : words.getFirst();
        }
        var forms = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            forms.add(cells.get(i).form().name().toLowerCase(Locale.ROOT) + " " + words.get(i));
        }
        return String.join(", ", forms);
    }

    private String word(Cell cell) {
        return switch (cell.outcome()) {
            case WORKS -> "✓";
            case WARNS ->
                "warns"
                        + note("The provider's protocol has no word for it, and the caller is told: " + cell.cause()
                                + ".");
            case IMPOSSIBLE -> "–" + note("Not tried: " + cell.cause() + ".");
            case FAILS -> "✗" + note(cell.cause());
        };
    }

    private String note(String text) {
        Integer known = notes.get(text);
        int number = known == null ? notes.size() + 1 : known;
        notes.put(text, number);
        return " (" + number + ")";
    }
}
