package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Results as a table. */
final class Report {
    private static final String BEGIN = "<!-- bench/report begins -->";
    private static final String END = "<!-- bench/report ends -->";

    private Report() {}

    static void main(List<String> args) throws IOException {
        List<String> tables = new ArrayList<>();
        for (String file : args) {
            if (file.endsWith(".json")) {
                tables.add(markdown(new JsonMapper().readValue(Files.readAllBytes(Path.of(file)), Results.class)));
            }
        }
        String table = String.join("\n", tables);
        if (args.size() == tables.size()) {
            System.out.println(table);
            return;
        }
        Path page = Path.of(args.get(args.size() - 1));
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    page + " has no place for the table: put " + BEGIN + " and " + END + " on lines of their own");
        }
        Files.writeString(page, text.substring(0, begin) + BEGIN + "\n\n" + table + "\n" + text.substring(end));
    }

    static String markdown(Results results) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, String> fact : results.machine().entrySet()) {
            out.append("- ")
                    .append(fact.getKey())
                    .append(": ")
                    .append(fact.getValue())
                    .append('\n');
        }
        List<Subject> columns = Stream.of(Subject.values())
                .filter(subject -> results.measures().stream()
                        .anyMatch(measure -> !measure.of(subject).isEmpty()))
                .toList();
        out.append("\n| what |");
        columns.forEach(subject -> out.append(' ').append(subject.label()).append(" |"));
        out.append(" compared, median (min..max) | target | | others |\n|---|")
                .append("--:|".repeat(columns.size()))
                .append("--:|--:|---|--:|\n");
        results.measures().forEach(measure -> out.append(line(measure, columns)));
        return out.toString();
    }

    private static String line(Measure measure, List<Subject> columns) {
        StringBuilder cells = new StringBuilder();
        columns.forEach(subject -> cells.append(cell(measure, subject)).append(" | "));
        return "| " + measure.row() + ": " + measure.what() + " | " + cells + compared(measure) + " | "
                + target(measure) + " | " + measure.verdict() + " | "
                + String.format(Locale.ROOT, "%.2f", measure.othersCpu()) + " |\n";
    }

    private static String cell(Measure measure, Subject subject) {
        List<Double> values = measure.of(subject);
        return values.isEmpty() ? "" : number(Measure.median(values)) + " " + measure.unit();
    }

    private static String compared(Measure measure) {
        List<Double> values = measure.compared();
        boolean alone = measure.against() == Measure.Against.NOTHING;
        if (values.isEmpty() || (alone && values.size() == 1)) {
            return "";
        }
        return measure.against().sign() + number(Measure.median(values)) + " (" + number(Collections.min(values)) + ".."
                + number(Collections.max(values)) + ")";
    }

    private static String target(Measure measure) {
        if (measure.limit() == null) {
            return "";
        }
        String stretch = measure.stretch() == null ? "" : " (" + number(measure.stretch()) + ")";
        return "≤ " + measure.against().sign() + number(measure.limit()) + stretch;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
