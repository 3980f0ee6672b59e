package dev.thalweg.core.stream;

/**
 * How often a model may repeat itself before its stream is ended. Counts are in deltas of one choice; 0 or less switches
 * that check off. Immutable; begin with {@link #of}.
 *
 * @param text equal text deltas in a row, of three characters or more
 * @param reasoning the same for reasoning
 * @param shortDeltas equal deltas in a row of one or two characters, in text, reasoning or tool arguments
 * @param cycle deltas of text or reasoning that keep repeating the same two to eight; of short deltas only, at least
 *     {@code shortDeltas}
 * @param arguments equal deltas of tool arguments in a row, of three characters or more; their cycles need {@link
 *     #argumentCycle}
 */
public record LoopLimits(int text, int reasoning, int shortDeltas, int cycle, int arguments) {
    private static final int TEXT = 100;
    private static final int SHORT_DELTAS = 1_000;

    /** An honest text repeats a few deltas, as a table does, more often than it repeats one; so do tool arguments. */
    private static final int PATIENCE = 4;

    private static final LoopLimits DEFAULTS = of(TEXT);

    /** Takes what is below 0 for 0. */
    public LoopLimits {
        text = Math.max(0, text);
        reasoning = Math.max(0, reasoning);
        shortDeltas = Math.max(0, shortDeltas);
        cycle = Math.max(0, cycle);
        arguments = Math.max(0, arguments);
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

    /** How many deltas of tool arguments may keep repeating the same two to eight: four times {@link #arguments}. */
    public int argumentCycle() {
        return patient(arguments);
    }

    private static int patient(int limit) {
        return (int) Math.min(Integer.MAX_VALUE, (long) PATIENCE * limit);
    }
}
