package dev.thalweg.config;

import dev.thalweg.model.PricePart;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Prices.Period;
import dev.thalweg.model.Rate;
import dev.thalweg.model.Rate.Step;
import dev.thalweg.model.Rates;
import dev.thalweg.model.ServiceTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of the prices of one model. Immutable.
 *
 * @param prices of one token (one request), in US dollars
 * @param baseModel the model whose prices count where none is said; null: the one that is asked
 */
record PriceEntry(
        Map<PriceKey, BigDecimal> prices, @Nullable String baseModel) {
    /** Nothing is said. */
    static final PriceEntry NONE = new PriceEntry(Map.of(), null);

    private static final int MILLION_DIGITS = 6;
    private static final int THOUSAND_DIGITS = 3;

    PriceEntry {
        prices = Map.copyOf(prices);
    }

    /**
     * The prices that count. Whoever says a price for input or output says all of them: nothing of what is known otherwise is
     * mixed in. Else only what is said counts instead of what is known.
     */
    Prices over(Prices known) {
        if (prices.isEmpty()) {
            return known;
        } else if (isWhole() || known.periods().isEmpty()) {
            return Prices.of(over(Rates.builder().build()));
        }
        List<Period> periods = new ArrayList<>();
        known.periods().forEach(period -> periods.add(new Period(period.from(), period.daily(), over(period.rates()))));
        return Prices.of(periods);
    }

    private boolean isWhole() {
        return prices.keySet().stream()
                .anyMatch(key -> key.tier() == ServiceTier.STANDARD
                        && key.above() == 0
                        && (key.part() == PricePart.INPUT || key.part() == PricePart.OUTPUT));
    }

    private Rates over(Rates known) {
        Map<PriceKey, Map<Long, BigDecimal>> said = new HashMap<>();
        prices.forEach(
                (key, price) -> said.computeIfAbsent(new PriceKey(key.part(), key.tier(), 0), unseen -> new HashMap<>())
                        .put(key.above(), price.movePointRight(digits(key.part()))));
        Rates.Builder rates = known.toBuilder();
        said.forEach((key, byLength) -> {
            Rate before = known.rate(key.tier(), key.part()).orElse(null);
            BigDecimal base = byLength.get(0L);
            if (base == null && before != null) {
                base = before.price();
            }
            if (base != null) {
                rates.rate(key.tier(), key.part(), new Rate(base, steps(byLength, before)));
            }
        });
        return rates.build();
    }

    /** Those that are said; where only they are, beside those that are known; none where only a price for any length is. */
    private static List<Step> steps(Map<Long, BigDecimal> byLength, @Nullable Rate before) {
        Map<Long, BigDecimal> all = new HashMap<>();
        if (before != null && !byLength.containsKey(0L)) {
            before.steps().forEach(step -> all.put(step.above(), step.price()));
        }
        byLength.forEach((above, price) -> {
            if (above > 0) {
                all.put(above, price);
            }
        });
        return all.entrySet().stream()
                .map(entry -> new Step(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Step::above))
                .toList();
    }

    private static int digits(PricePart part) {
        return part.perThousand() ? THOUSAND_DIGITS : MILLION_DIGITS;
    }
}
