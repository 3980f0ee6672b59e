package dev.thalweg.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as the file spells them: seconds as a number, or with a unit. */
public final class Durations {
    static final String EXPECTED = "a number of seconds, or a number with ms, s, m or h";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,6})?|\\.[0-9]{1,6})\\s*(ms|s|m|h)?");
    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    /** Longer than any call; beyond it a number is a slip. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private Durations() {}

    /** The duration, in whole milliseconds, or null where the text is none. */
    static @Nullable Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        long factor = MILLISECONDS.getOrDefault(unit, 1_000L);
        Duration duration = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(factor))
                .longValue());
        return duration.compareTo(LONGEST) > 0 ? null : duration;
    }

    /** As the file would spell it: {@code 90s}, {@code 1.5s}, {@code 250ms}. */
    public static String text(Duration duration) {
        long milliseconds = duration.toMillis();
        if (milliseconds != 0 && milliseconds < 1_000) {
            return milliseconds + "ms";
        }
        return BigDecimal.valueOf(milliseconds, 3).stripTrailingZeros().toPlainString() + "s";
    }
}
