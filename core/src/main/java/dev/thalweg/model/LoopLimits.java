package dev.thalweg.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often a model may repeat itself before its stream is ended. Counts are in deltas of one choice; 0 or less switches
 * that check off. Immutable; begin with {@link #of}.
 */
public final class LoopLimits {
    private static final int TEXT = 100;
    private static final int SHORT_DELTAS = 1_000;

    /** An honest text repeats a few deltas, as a table does, more often than it repeats one; so do tool arguments. */
    private static final int PATIENCE = 4;

    private static final LoopLimits DEFAULTS = of(TEXT);

    private final int text;
    private final int reasoning;
    private final int shortDeltas;
    private final int cycle;
    private final int arguments;

    private LoopLimits(int text, int reasoning, int shortDeltas, int cycle, int arguments) {
        this.text = Math.max(0, text);
        this.reasoning = Math.max(0, reasoning);
        this.shortDeltas = Math.max(0, shortDeltas);
        this.cycle = Math.max(0, cycle);
        this.arguments = Math.max(0, arguments);
    }

    /** 100 equal text deltas, and all other limits as they follow from that. */
    public static LoopLimits defaults() {
        return DEFAULTS;
    }

    /**
     * This limit for text, and all others as they follow from it: the same for reasoning, four times as many for cycles
     * and for tool arguments, for short deltas 1,000 or the limit where that is higher. Of 0: no check at all.
     */
    public static LoopLimits of(int text) {
        int shortDeltas = text <= 0 ? 0 : Math.max(SHORT_DELTAS, text);
        return new LoopLimits(text, text, shortDeltas, patient(text), patient(text));
    }

    /** The same with another limit for reasoning. */
    public LoopLimits withReasoning(int value) {
        return new LoopLimits(text, value, shortDeltas, cycle, arguments);
    }

    /** The same with another limit for short deltas. */
    public LoopLimits withShortDeltas(int value) {
        return new LoopLimits(text, reasoning, value, cycle, arguments);
    }

    /** The same with another limit for cycles in text and reasoning. */
    public LoopLimits withCycle(int value) {
        return new LoopLimits(text, reasoning, shortDeltas, value, arguments);
    }

    /** The same with another limit for tool arguments, and for their cycles. */
    public LoopLimits withArguments(int value) {
        return new LoopLimits(text, reasoning, shortDeltas, cycle, value);
    }

    /** At how many equal text deltas in a row, of three characters or more, the stream is ended. */
    public int text() {
        return text;
    }

    /** The same for reasoning. */
    public int reasoning() {
        return reasoning;
    }

    /** The same for deltas of one or two characters, in text, reasoning or tool arguments. */
    public int shortDeltas() {
        return shortDeltas;
    }

    /**
     * At how many deltas of text or reasoning that keep repeating the same two to eight the stream is ended; of short deltas only, at least {@link
     * #shortDeltas}.
     */
    public int cycle() {
        return cycle;
    }

    /** At how many equal deltas of tool arguments in a row, of three characters or more, the stream is ended. */
    public int arguments() {
        return arguments;
    }

    /** At how many deltas of tool arguments that keep repeating the same two to eight: four times {@link #arguments}. */
    public int argumentCycle() {
        return patient(arguments);
    }

    private static int patient(int limit) {
        return (int) Math.min(Integer.MAX_VALUE, (long) PATIENCE * limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoopLimits that
                && text == that.text
                && reasoning == that.reasoning
                && shortDeltas == that.shortDeltas
                && cycle == that.cycle
                && arguments == that.arguments;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, reasoning, shortDeltas, cycle, arguments);
    }

    @Override
    public String toString() {
        return "LoopLimits[text=" + text + ", reasoning=" + reasoning + ", shortDeltas=" + shortDeltas + ", cycle="
                + cycle + ", arguments=" + arguments + "]";
    }
}
