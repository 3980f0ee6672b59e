package dev.thalweg.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost in US dollars, to the last digit, or why that is not known. An unknown cost has no amount, never 0.
 * Immutable.
 */
public final class Cost {
    /** Nothing was used. */
    public static final Cost NOTHING = new Cost(Map.of(), null);

    /** No price is known. */
    public static final Cost UNKNOWN_PRICE = unknown("price: unknown");

    /** Nobody counted what was used. */
    public static final Cost UNKNOWN_USAGE = unknown("usage: unknown");

    private final Map<PricePart, BigDecimal> parts;
    private final @Nullable String unknown;

    private Cost(Map<PricePart, BigDecimal> parts, @Nullable String unknown) {
        this.parts = parts;
        this.unknown = unknown;
    }

    /** A cost of these parts. */
    public static Cost of(Map<PricePart, BigDecimal> parts) {
        Map<PricePart, BigDecimal> copy = new EnumMap<>(PricePart.class);
        copy.putAll(parts);
        return new Cost(Collections.unmodifiableMap(copy), null);
    }

    /** A cost that is not known, for this reason. */
    public static Cost unknown(String reason) {
        return new Cost(Map.of(), reason);
    }

    /** Whether it is known. */
    public boolean isKnown() {
        return unknown == null;
    }

    /** Why it is not known, for example {@code price: unknown}; empty where it is. */
    public Optional<String> reason() {
        return Optional.ofNullable(unknown);
    }

    /** The sum of all parts; empty where it is not known. */
    public Optional<BigDecimal> usd() {
        return isKnown()
                ? Optional.of(parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                : Optional.empty();
    }

    /** The sum in plain digits, without zeros at its end; empty where it is not known. */
    public Optional<String> digits() {
        return usd().map(sum -> sum.stripTrailingZeros().toPlainString());
    }

    /** What each part cost that was used; empty where the cost is not known. */
    public Map<PricePart, BigDecimal> parts() {
        return parts;
    }

    /** Both together: not known where one of them is not. */
    public Cost plus(Cost other) {
        if (!isKnown()) {
            return this;
        } else if (!other.isKnown()) {
            return other;
        }
        Map<PricePart, BigDecimal> sum = new EnumMap<>(PricePart.class);
        sum.putAll(parts);
        other.parts.forEach((part, amount) -> sum.merge(part, amount, BigDecimal::add));
        return of(sum);
    }

    @Override
    public String toString() {
        return digits().map(sum -> "Cost[" + sum + " USD]").orElse("Cost[" + unknown + "]");
    }
}
