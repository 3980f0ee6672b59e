package dev.thalweg.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that was refused. The message is all its problems, one a line, and can be printed as it is. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of records of strings; nothing serializes it
    private final List<Problem> problems;

    /** With at least one problem. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
