package dev.thalweg;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a deployment, and where.
 *
 * @param id the deployment's name in lists of attempts
 * @param model {@code provider/model}
 * @param apiKey its own key; null: its provider's
 * @param baseUrl its own base URL; null: its provider's
 */
record Endpoint(
        String id,
        String model,
        @Nullable String apiKey,
        @Nullable String baseUrl) {
    /** At the provider, with its key. */
    static Endpoint of(String model) {
        return new Endpoint(model, model, null, null);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return id;
    }
}
