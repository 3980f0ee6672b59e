package dev.thalweg.model;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a model is sold for, and since when. Immutable. */
public final class Prices {
    /** No price is known. */
    public static final Prices UNKNOWN = new Prices(List.of());

    private final List<Period> periods;

    /**
     * A time in which rates hold.
     *
     * @param from since when; null: since ever
     * @param daily at which time of each day; null: at any
     * @param rates what holds then
     */
    public record Period(@Nullable Instant from, @Nullable Daily daily, Rates rates) {
        private boolean holds(Instant time) {
            return (from == null || !time.isBefore(from)) && (daily == null || daily.holds(time));
        }
    }

    /**
     * A time of the day, UTC.
     *
     * @param begin the first minute
     * @param end the first minute after it; before {@code begin} where it goes past midnight
     */
    public record Daily(LocalTime begin, LocalTime end) {
        private boolean holds(Instant time) {
            LocalTime now = time.atOffset(ZoneOffset.UTC).toLocalTime();
            return end.isBefore(begin)
                    ? !now.isBefore(begin) || now.isBefore(end)
                    : !now.isBefore(begin) && now.isBefore(end);
        }
    }

    private Prices(List<Period> periods) {
        this.periods = List.copyOf(periods);
    }

    /** Rates that hold at any time. */
    public static Prices of(Rates rates) {
        return new Prices(List.of(new Period(null, null, rates)));
    }

    /** Rates by their times; where several hold, the last one in the list counts. */
    public static Prices of(List<Period> periods) {
        return new Prices(periods);
    }

    /** All periods, in order. */
    public List<Period> periods() {
        return periods;
    }

    /** What holds at this time; empty where that is not known. */
    public Optional<Rates> at(Instant time) {
        for (int i = periods.size() - 1; i >= 0; i--) {
            if (periods.get(i).holds(time)) {
                return Optional.of(periods.get(i).rates());
            }
        }
        return Optional.empty();
    }

    /** What a call at this time cost that used so much. */
    public Cost cost(Usage usage, Instant time) {
        return at(time).map(rates -> CostOfUsage.of(usage, rates)).orElse(Cost.UNKNOWN_PRICE);
    }

    @Override
    public String toString() {
        return "Prices" + periods;
    }
}
