package dev.thalweg;

import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a deployment, and where.
 *
 * @param id the deployment's name in lists of attempts
 * @param model {@code provider/model}
 * @param apiKey its own key; null: its provider's
 * @param baseUrl its own base URL; null: its provider's
 * @param options its own parameters of the account; the provider's, where it has none
 * @param configured all of this, where a configuration file has said it; null: it is to be found
 */
record Endpoint(
        String id,
        String model,
        @Nullable String apiKey,
        @Nullable String baseUrl,
        Map<String, String> options,
        @Nullable Configured configured) {
    /** At the provider, with its key. */
    static Endpoint of(String model) {
        return new Endpoint(model, model, null, null, Map.of(), null);
    }

    /** The same with this for the star of its model. */
    Endpoint named(String matched) {
        return new Endpoint(
                id,
                model.replaceFirst("\\*", Matcher.quoteReplacement(matched)),
                apiKey,
                baseUrl,
                options,
                configured == null ? null : configured.named(matched));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return id;
    }
}
