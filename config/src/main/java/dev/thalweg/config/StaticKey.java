package dev.thalweg.config;

import dev.thalweg.core.upstream.Secret;
import java.util.List;

/**
 * A key from the configuration file that callers may show.
 *
 * @param name what logs and records call it
 * @param key the key
 * @param models the model names it may ask for, each with {@code *} for any text; empty: all
 */
public record StaticKey(String name, Secret key, List<String> models) {
    /** Copies the list. */
    public StaticKey {
        models = List.copyOf(models);
    }

    /** Whether a caller with this key may ask for the model of this name. */
    public boolean allows(String model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> Wildcard.matches(pattern, model));
    }
}
