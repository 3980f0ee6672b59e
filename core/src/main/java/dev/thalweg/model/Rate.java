package dev.thalweg.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What one part of a call is sold for, in US dollars as published: for a million tokens, or for a thousand of what is no
 * token. Immutable.
 *
 * @param price what holds where no step does
 * @param steps prices of long prompts, the shortest first; the highest one that the prompt is above holds for all of the
 *     call, not only for what is beyond it
 */
public record Rate(BigDecimal price, List<Step> steps) {
    /**
     * The price of a longer prompt.
     *
     * @param above for prompts with more tokens than this
     * @param price instead of the one before
     */
    public record Step(long above, BigDecimal price) {
        /** Refuses what is no price. */
        public Step {
            if (above <= 0 || price.signum() < 0) {
                throw new IllegalArgumentException("no price of a long prompt: " + price + " above " + above);
            }
        }
    }

    /** Refuses what is no price. */
    public Rate {
        if (price.signum() < 0) {
            throw new IllegalArgumentException("a price is not below 0: " + price);
        }
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).above() <= steps.get(i - 1).above()) {
                throw new IllegalArgumentException("steps go upwards: " + steps);
            }
        }
    }

    /** One price, however long the prompt. */
    public static Rate of(BigDecimal price) {
        return new Rate(price, List.of());
    }

    /** One price in digits, however long the prompt. */
    public static Rate of(String price) {
        return of(new BigDecimal(Objects.requireNonNull(price, "price")));
    }

    /** The price in a call whose whole prompt has so many tokens. */
    public BigDecimal at(long inputTokens) {
        BigDecimal found = price;
        for (Step step : steps) {
            if (inputTokens > step.above()) {
                found = step.price();
            }
        }
        return found;
    }
}
