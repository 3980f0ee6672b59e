package dev.thalweg;

import dev.thalweg.core.upstream.Upstream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a deployment, and where.
 *
 * @param id the deployment's name in lists of attempts
 * @param model {@code provider/model}
 * @param apiKey its own key; null: its provider's
 * @param baseUrl its own base URL; null: its provider's
 * @param options its own parameters of the account; the provider's, where it has none
 * @param upstream all of this, where a configuration has said it; null: it is to be found
 */
record Endpoint(
        String id,
        String model,
        @Nullable String apiKey,
        @Nullable String baseUrl,
        Map<String, String> options,
        @Nullable Upstream upstream) {
    /** At the provider, with its key. */
    static Endpoint of(String model) {
        return new Endpoint(model, model, null, null, Map.of(), null);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return id;
    }
}
