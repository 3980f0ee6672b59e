package dev.thalweg;

import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.model.Prices;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;

/**
 * What a configuration file says of a deployment.
 *
 * @param upstream the account, and the model's name there; a {@code *} in it stands for what the caller says
 * @param timeouts its clocks
 * @param defaults fields for requests that do not set them, as JSON text by name
 * @param prices what a model of this name is sold for there
 */
record Configured(Upstream upstream, Timeouts timeouts, Map<String, String> defaults, Function<String, Prices> prices) {
    /** The same with this for the star of its model. */
    Configured named(String matched) {
        Upstream pattern = upstream;
        Upstream named = new Upstream(
                pattern.provider(),
                pattern.model().replaceFirst("\\*", Matcher.quoteReplacement(matched)),
                pattern.base(),
                pattern.apiKey(),
                pattern.apiVersion(),
                pattern.organization(),
                pattern.options(),
                pattern.headers(),
                pattern.dialects());
        return new Configured(named, timeouts, defaults, prices);
    }
}
