package dev.thalweg.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a second deployment is asked when the first one takes long to begin.
 *
 * @param enabled whether it is
 * @param delay how long the first one has; null: as long as 95 of 100 streams of its group needed lately
 */
public record Hedging(boolean enabled, @Nullable Duration delay) {
    /** No second one is asked. */
    public static final Hedging OFF = new Hedging(false, null);
}
