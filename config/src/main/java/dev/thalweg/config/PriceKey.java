package dev.thalweg.config;

import dev.thalweg.model.PricePart;
import dev.thalweg.model.ServiceTier;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a price in the configuration is for. Spelled as LiteLLM spells it: {@code input_cost_per_token}, with {@code
 * _above_200k_tokens} for long prompts and {@code _priority}, {@code _flex} or {@code _batches} for service tiers.
 *
 * @param part of the call
 * @param tier how the call is handled
 * @param above for prompts with more tokens; 0: for any
 */
record PriceKey(PricePart part, ServiceTier tier, long above) {
    static final String INPUT = "input_cost_per_token";
    static final String OUTPUT = "output_cost_per_token";

    /** The keys without what may follow them. */
    static final Map<String, PricePart> BASES = Map.ofEntries(
            Map.entry(INPUT, PricePart.INPUT),
            Map.entry(OUTPUT, PricePart.OUTPUT),
            Map.entry("output_cost_per_reasoning_token", PricePart.REASONING),
            Map.entry("cache_read_input_token_cost", PricePart.CACHE_READ),
            Map.entry("cache_creation_input_token_cost", PricePart.CACHE_WRITE),
            Map.entry("cache_creation_input_token_cost_above_1hr", PricePart.CACHE_WRITE_1H),
            Map.entry("input_cost_per_audio_token", PricePart.INPUT_AUDIO),
            Map.entry("cache_read_input_audio_token_cost", PricePart.CACHE_READ_AUDIO),
            Map.entry("output_cost_per_audio_token", PricePart.OUTPUT_AUDIO),
            Map.entry("input_cost_per_image_token", PricePart.INPUT_IMAGE),
            Map.entry("output_cost_per_image_token", PricePart.OUTPUT_IMAGE),
            Map.entry("input_cost_per_request", PricePart.REQUEST));

    private static final Pattern FORM =
            Pattern.compile("(.+?)(?:_above_([1-9][0-9]{0,5})k_tokens)?(?:_(priority|flex|batches))?");

    /** What this key is for; null where it is no price that is read. */
    static @Nullable PriceKey of(String key) {
        Matcher matcher = FORM.matcher(key);
        if (!matcher.matches()) {
            return null;
        }
        PricePart part = BASES.get(matcher.group(1));
        String above = matcher.group(2);
        return part == null
                ? null
                : new PriceKey(part, tier(matcher.group(3)), above == null ? 0 : 1_000 * Long.parseLong(above));
    }

    private static ServiceTier tier(@Nullable String word) {
        return word == null
                ? ServiceTier.STANDARD
                : switch (word) {
                    case "priority" -> ServiceTier.PRIORITY;
                    case "flex" -> ServiceTier.FLEX;
                    default -> ServiceTier.BATCH;
                };
    }
}
