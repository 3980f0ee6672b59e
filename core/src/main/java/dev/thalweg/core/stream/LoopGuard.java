package dev.thalweg.core.stream;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.LoopLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notices a model that repeats itself without end, in text, reasoning or tool arguments, each choice counted apart; {@code
 * docs/loop-guard.md} has the rules. Costs a hash of the delta and a few comparisons. Not thread-safe.
 */
final class LoopGuard {
    /** What is counted apart. */
    enum Lane {
        TEXT("text delta"),
        REASONING("reasoning delta"),
        ARGUMENTS("tool argument delta");

        private final String delta;

        Lane(String delta) {
            this.delta = delta;
        }
    }

    /** Dashes, blanks and digits are often repeated for good reason: below this a delta is short. */
    private static final int SHORT_BELOW = 3;

    private static final RepetitionCounter[] NONE = {};

    private final LoopLimits limits;
    private final boolean off;
    private final @Nullable RepetitionCounter[][] counters = {NONE, NONE, NONE};
    private @Nullable String loop;

    LoopGuard(LoopLimits limits) {
        this.limits = limits;
        this.off = limits.equals(LoopLimits.of(0));
    }

    /** Counts the next delta of a choice; an empty one is none. */
    void add(Lane lane, int choice, JsonText delta) {
        if (off || loop != null || delta.isEmpty()) {
            return;
        }
        RepetitionCounter counter = counter(lane, choice);
        int period = counter.add(delta.hash(), !delta.hasAtLeast(SHORT_BELOW));
        if (period > 0) {
            loop = describe(lane, period, counter.length(period));
        }
    }

    /** What was repeated, without a word of it; null as long as nothing was repeated too often. */
    @Nullable
    String loop() {
        return loop;
    }

    private RepetitionCounter counter(Lane lane, int choice) {
        @Nullable RepetitionCounter[] ofLane = counters[lane.ordinal()];
        if (choice >= ofLane.length) {
            ofLane = Arrays.copyOf(ofLane, choice + 1);
            counters[lane.ordinal()] = ofLane;
        }
        RepetitionCounter counter = ofLane[choice];
        if (counter == null) {
            counter = newCounter(lane);
            ofLane[choice] = counter;
        }
        return counter;
    }

    private RepetitionCounter newCounter(Lane lane) {
        return switch (lane) {
            case TEXT -> new RepetitionCounter(limits.text(), limits.shortDeltas(), limits.cycle());
            case REASONING -> new RepetitionCounter(limits.reasoning(), limits.shortDeltas(), limits.cycle());
            case ARGUMENTS -> new RepetitionCounter(limits.arguments(), limits.shortDeltas(), limits.argumentCycle());
        };
    }

    private static String describe(Lane lane, int period, int length) {
        return period == 1
                ? "repeated the same " + lane.delta + " " + length + " times"
                : "repeated a cycle of " + period + " " + lane.delta + "s, " + length + " in a row";
    }
}
