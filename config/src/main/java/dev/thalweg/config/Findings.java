package dev.thalweg.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong and what is worth telling while one file is read. Not thread-safe. */
final class Findings {
    private static final int MAX_LINES = 5;

    private final String file;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<What, SortedSet<Integer>> notices = new LinkedHashMap<>();

    Findings(String file) {
        this.file = file;
    }

    void problem(Node at, String message) {
        Mark mark = at.getStartMark();
        problem(mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    void problem(int line, int column, String message) {
        problems.add(new Problem(file, line, column, message));
    }

    /** Something wrong with the file as a whole. */
    void problem(String message) {
        problem(0, 0, message);
    }

    /** What is said of several lines is one notice. */
    void notice(Notice.Kind kind, Node at, String message) {
        add(kind, at.getStartMark().getLine() + 1, message);
    }

    void notice(Notice.Kind kind, String message) {
        add(kind, 0, message);
    }

    private void add(Notice.Kind kind, int line, String message) {
        notices.computeIfAbsent(new What(kind, message), unused -> new TreeSet<>())
                .add(line);
    }

    /** In the order of the file. */
    List<Problem> problems() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return List.copyOf(sorted);
    }

    /** In the order of the file. */
    List<Notice> notices() {
        List<Notice> sorted = new ArrayList<>();
        notices.forEach((what, lines) ->
                sorted.add(new Notice(what.kind(), file, lines.first(), what.message() + others(lines))));
        sorted.sort(Comparator.comparingInt(Notice::line));
        return List.copyOf(sorted);
    }

    private static String others(SortedSet<Integer> lines) {
        String shown =
                lines.stream().skip(1).limit(MAX_LINES).map(String::valueOf).collect(Collectors.joining(", "));
        int more = lines.size() - 1 - MAX_LINES;
        return (shown.isEmpty() ? "" : "; also on line " + shown) + (more > 0 ? " and " + more + " more" : "");
    }

    private record What(Notice.Kind kind, String message) {}
}
