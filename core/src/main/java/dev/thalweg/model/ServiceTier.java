package dev.thalweg.model;

import java.util.Locale;
import java.util.Optional;

/** The way a provider handles a call, which has a price of its own. */
public enum ServiceTier {
    /** As every call is handled that asks for nothing else. */
    STANDARD,
    /** Answered within hours. */
    BATCH,
    /** Slower, where there is room. */
    FLEX,
    /** Before others. */
    PRIORITY,
    /** By a faster setup of the same model. */
    FAST;

    /** The tier that a provider's word means; empty for one whose price nothing is known of. */
    public static Optional<ServiceTier> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "default", "standard", "on_demand", "auto" -> Optional.of(STANDARD);
            case "batch" -> Optional.of(BATCH);
            case "flex" -> Optional.of(FLEX);
            case "priority" -> Optional.of(PRIORITY);
            case "fast" -> Optional.of(FAST);
            default -> Optional.empty();
        };
    }
}
