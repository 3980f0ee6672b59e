package dev.thalweg.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** All that a model's calls are sold for at one time: a rate for each part, in each service tier. Immutable. */
public final class Rates {
    private final Map<ServiceTier, Map<PricePart, Rate>> tiers;

    private Rates(Map<ServiceTier, Map<PricePart, Rate>> tiers) {
        Map<ServiceTier, Map<PricePart, Rate>> copy = new EnumMap<>(ServiceTier.class);
        tiers.forEach((tier, rates) -> copy.put(tier, Collections.unmodifiableMap(new EnumMap<>(rates))));
        this.tiers = copy;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** The rate that is published for this part in this tier; empty where none is. */
    public Optional<Rate> rate(ServiceTier tier, PricePart part) {
        return Optional.ofNullable(rates(tier).get(part));
    }

    /** The rate of this part in the standard tier; empty where none is published. */
    public Optional<Rate> rate(PricePart part) {
        return rate(ServiceTier.STANDARD, part);
    }

    /** The rates of a tier by their parts; empty where the tier is not sold or its price not known. */
    public Map<PricePart, Rate> rates(ServiceTier tier) {
        return tiers.getOrDefault(tier, Map.of());
    }

    /** The rate that counts for this part: its own, or that of the part that stands in for it. */
    Optional<Rate> counting(ServiceTier tier, PricePart part) {
        Optional<Rate> own = rate(tier, part);
        return own.isPresent() ? own : part.otherwise().flatMap(other -> counting(tier, other));
    }

    /** A builder that has all of this. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        tiers.forEach((tier, rates) -> rates.forEach((part, rate) -> builder.rate(tier, part, rate)));
        return builder;
    }

    @Override
    public String toString() {
        return "Rates" + tiers;
    }

    /** Collects rates. Not thread-safe. */
    public static final class Builder {
        private final Map<ServiceTier, Map<PricePart, Rate>> tiers = new EnumMap<>(ServiceTier.class);

        private Builder() {}

        /** Sets the rate of a part in a tier. */
        public Builder rate(ServiceTier tier, PricePart part, Rate rate) {
            tiers.computeIfAbsent(tier, unseen -> new EnumMap<>(PricePart.class))
                    .put(part, rate);
            return this;
        }

        /** Sets the rate of a part in the standard tier. */
        public Builder rate(PricePart part, Rate rate) {
            return rate(ServiceTier.STANDARD, part, rate);
        }

        /** Whether no rate was set. */
        public boolean isEmpty() {
            return tiers.isEmpty();
        }

        /** The rates as set so far. */
        public Rates build() {
            return new Rates(tiers);
        }
    }
}
