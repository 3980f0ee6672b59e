package dev.thalweg.model;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies what was used with what it is sold for. Every token is counted in one part only: counts that overlap (cached
 * sound, for example) are taken apart first. Not thread-safe.
 */
final class CostOfUsage {
    private final Rates rates;
    private final ServiceTier tier;
    private final long inputTokens;
    private final Map<PricePart, BigDecimal> parts = new EnumMap<>(PricePart.class);
    private @Nullable PricePart unpriced;

    private CostOfUsage(Rates rates, ServiceTier tier, long inputTokens) {
        this.rates = rates;
        this.tier = tier;
        this.inputTokens = inputTokens;
    }

    static Cost of(Usage usage, Rates rates) {
        String word = usage.serviceTier().orElse("");
        Optional<ServiceTier> tier = ServiceTier.of(word);
        if (tier.isEmpty()) {
            return Cost.unknown("price of this service tier: unknown");
        }
        CostOfUsage sum = new CostOfUsage(rates, tier.get(), usage.inputTokens());
        sum.prompt(usage);
        sum.answer(usage);
        sum.add(PricePart.WEB_SEARCH, count(usage.webSearches()));
        if (rates.rate(tier.get(), PricePart.REQUEST).isPresent()) {
            sum.add(PricePart.REQUEST, 1);
        }
        return sum.cost();
    }

    private void prompt(Usage usage) {
        long read = count(usage.cacheReadTokens());
        long written = count(usage.cacheWriteTokens());
        long writtenForAnHour = Math.min(written, count(usage.cacheWrite1hTokens()));
        long audio = count(usage.inputAudioTokens());
        long image = count(usage.inputImageTokens());
        // More than there was altogether: so much of the sound, then of the images, came out of the cache.
        long twice = Math.max(0, read + written + audio + image - inputTokens);
        long audioRead = Math.min(Math.min(twice, read), audio);
        long imageRead = Math.min(Math.min(twice - audioRead, read - audioRead), image);
        add(PricePart.CACHE_READ, read - audioRead - imageRead);
        add(PricePart.CACHE_READ_AUDIO, audioRead);
        add(PricePart.CACHE_READ_IMAGE, imageRead);
        add(PricePart.CACHE_WRITE, written - writtenForAnHour);
        add(PricePart.CACHE_WRITE_1H, writtenForAnHour);
        add(PricePart.INPUT_AUDIO, audio - audioRead);
        add(PricePart.INPUT_IMAGE, image - imageRead);
        add(PricePart.INPUT, inputTokens - read - written - audio - image + audioRead + imageRead);
    }

    private void answer(Usage usage) {
        long reasoning = count(usage.reasoningTokens());
        long audio = count(usage.outputAudioTokens());
        long image = count(usage.outputImageTokens());
        add(PricePart.REASONING, reasoning);
        add(PricePart.OUTPUT_AUDIO, audio);
        add(PricePart.OUTPUT_IMAGE, image);
        add(PricePart.OUTPUT, usage.outputTokens() - reasoning - audio - image);
    }

    private void add(PricePart part, long count) {
        if (count <= 0) {
            return;
        }
        Rate rate = rates.counting(tier, part).orElse(null);
        if (rate == null) {
            unpriced = unpriced == null ? part : unpriced;
            return;
        }
        BigDecimal price = rate.at(inputTokens);
        parts.put(part, price.multiply(BigDecimal.valueOf(count)).movePointLeft(part.digits()));
    }

    private Cost cost() {
        if (unpriced == null) {
            return Cost.of(parts);
        }
        return tier == ServiceTier.STANDARD || !rates.rates(tier).isEmpty()
                ? Cost.unknown("price of " + unpriced.label() + ": unknown")
                : Cost.unknown("price of this service tier: unknown");
    }

    private static long count(OptionalLong tokens) {
        return Math.max(0, tokens.orElse(0));
    }
}
