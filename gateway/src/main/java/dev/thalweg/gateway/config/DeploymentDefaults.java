package dev.thalweg.gateway.config;

/**
 * What holds for deployments that say nothing.
 *
 * @param timeouts the clocks
 * @param maxParallel the most requests at a time; 0: any number
 */
record DeploymentDefaults(TimeoutOptions timeouts, int maxParallel) {
    /** Where nothing is configured. */
    static final DeploymentDefaults NONE = new DeploymentDefaults(TimeoutOptions.DEFAULTS, 0);
}
