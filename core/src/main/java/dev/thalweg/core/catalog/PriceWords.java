package dev.thalweg.core.catalog;

import dev.thalweg.model.PricePart;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Prices.Daily;
import dev.thalweg.model.Prices.Period;
import dev.thalweg.model.Rate;
import dev.thalweg.model.Rate.Step;
import dev.thalweg.model.Rates;
import dev.thalweg.model.ServiceTier;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices in the catalogue's spelling: {@code input=3,200000>6} is three dollars for a million tokens, and six in a call
 * whose prompt has more than 200,000; {@code batch:} before it names a service tier; {@code from:2026-03-13} and {@code
 * daily:00:30-16:30} begin a period. Not thread-safe.
 */
final class PriceWords {
    private final List<Period> periods = new ArrayList<>();
    private @Nullable Instant from;
    private @Nullable Daily daily;
    private Rates.Builder rates = Rates.builder();

    private PriceWords() {}

    static Prices read(List<String> words) {
        PriceWords reader = new PriceWords();
        words.forEach(reader::word);
        reader.endPeriod();
        return reader.periods.isEmpty() ? Prices.UNKNOWN : Prices.of(reader.periods);
    }

    private void word(String word) {
        if (word.startsWith("from:")) {
            endPeriod();
            from = LocalDate.parse(word.substring(5)).atStartOfDay().toInstant(ZoneOffset.UTC);
        } else if (word.startsWith("daily:")) {
            endPeriod();
            String[] times = word.substring(6).split("-", -1);
            daily = new Daily(LocalTime.parse(times[0]), LocalTime.parse(times[1]));
        } else {
            rate(word);
        }
    }

    private void endPeriod() {
        if (!rates.isEmpty()) {
            periods.add(new Period(from, daily, rates.build()));
        }
        from = null;
        daily = null;
        rates = Rates.builder();
    }

    private void rate(String word) {
        int colon = word.indexOf(':');
        int equals = word.indexOf('=');
        ServiceTier tier = colon < 0
                ? ServiceTier.STANDARD
                : ServiceTier.valueOf(word.substring(0, colon).toUpperCase(Locale.ROOT));
        PricePart part = PricePart.of(word.substring(colon + 1, equals))
                .orElseThrow(() -> new IllegalStateException("no part of a call: " + word));
        String[] prices = word.substring(equals + 1).split(",", -1);
        List<Step> steps = new ArrayList<>(prices.length - 1);
        for (int i = 1; i < prices.length; i++) {
            int sign = prices[i].indexOf('>');
            steps.add(new Step(
                    Long.parseLong(prices[i].substring(0, sign)), new BigDecimal(prices[i].substring(sign + 1))));
        }
        rates.rate(tier, part, new Rate(new BigDecimal(prices[0]), steps));
    }
}
