package dev.thalweg.config;

import java.util.Map;

/**
 * What holds for deployments that say nothing.
 *
 * @param timeouts the clocks
 * @param maxParallel the most requests at a time; 0: any number
 * @param prices of models, by {@code provider/model}
 */
record DeploymentDefaults(TimeoutOptions timeouts, int maxParallel, Map<String, PriceEntry> prices) {
    /** Where nothing is configured. */
    static final DeploymentDefaults NONE = new DeploymentDefaults(TimeoutOptions.DEFAULTS, 0, Map.of());
}
