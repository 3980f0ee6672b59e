package dev.thalweg.model;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How much a model should think before it answers, and what of it should be shown. Immutable. */
public final class ReasoningOptions {
    private final @Nullable String effort;
    private final @Nullable Integer budget;
    private final @Nullable String summary;

    private ReasoningOptions(@Nullable String effort, @Nullable Integer budget, @Nullable String summary) {
        this.effort = effort;
        this.budget = budget;
        this.summary = summary;
    }

    /** So much: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high}. */
    public static ReasoningOptions effort(String effort) {
        return new ReasoningOptions(effort, null, null);
    }

    /** So many tokens at most; 0: none. */
    public static ReasoningOptions budget(int tokens) {
        return new ReasoningOptions(null, tokens, null);
    }

    /** As the model likes. */
    public static ReasoningOptions adaptive() {
        return new ReasoningOptions(null, null, null);
    }

    /** The same with this effort. */
    public ReasoningOptions withEffort(@Nullable String value) {
        return new ReasoningOptions(value, budget, summary);
    }

    /** The same with a summary of the reasoning in the answer: {@code auto}, {@code concise}, {@code detailed}. */
    public ReasoningOptions withSummary(@Nullable String value) {
        return new ReasoningOptions(effort, budget, value);
    }

    /** How much, in a word. */
    public Optional<String> effort() {
        return Optional.ofNullable(effort);
    }

    /** How much, in tokens. */
    public OptionalInt budget() {
        return budget == null ? OptionalInt.empty() : OptionalInt.of(budget);
    }

    /** Which summary is wanted. */
    public Optional<String> summary() {
        return Optional.ofNullable(summary);
    }
}
