package dev.thalweg.model;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of a model at a provider. Immutable.
 *
 * @param provider who serves it, by its name in model names, for example {@code openai}
 * @param name its name there
 * @param contextWindow how many tokens prompt and answer may have together; empty where that is not known
 * @param maxOutput how many tokens an answer may have; empty where that is not known
 * @param abilities what it is known to do
 * @param prices what it is sold for
 */
public record ModelInfo(
        String provider,
        String name,
        OptionalLong contextWindow,
        OptionalLong maxOutput,
        Set<Ability> abilities,
        Prices prices) {
    /** Copies the abilities. */
    public ModelInfo {
        abilities = Set.copyOf(abilities);
    }
}
