package dev.thalweg.core.error;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to wait, in all its spellings: {@code retry-after-ms}; {@code retry-after} as seconds or as
 * an HTTP date; {@code x-ratelimit-reset-requests} and {@code -tokens} as duration texts ({@code 6m0s}); Google's
 * {@code retryDelay} in the body; OpenAI's "try again in 1.5s" in the message.
 */
public final class RetryAfter {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");
    private static final Pattern WHOLE = Pattern.compile("(?:\\d++(?:\\.\\d++)?(?:ms|h|m|s))++");
    private static final Pattern IN_BODY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([^\"]{1,20})\"");
    private static final Pattern IN_TEXT = Pattern.compile("try again in ([0-9.hms]{1,32})");
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * The wait an answer asks for.
     *
     * @param rateLimited whether the answer is a rate limit: only then are the {@code x-ratelimit-reset} headers a wait, which
     *     OpenAI sends with every answer
     * @param header gives a header's value by its lower-case name, null where there is none
     * @param body the error body, empty where there is none
     * @param now the time a date is measured against
     */
    public static Optional<Duration> of(
            boolean rateLimited, UnaryOperator<@Nullable String> header, String body, Instant now) {
        Duration wait = milliseconds(header.apply("retry-after-ms"));
        if (wait == null) {
            wait = secondsOrDate(header.apply("retry-after"), now);
        }
        if (wait == null) {
            wait = inText(IN_BODY, body);
        }
        if (wait == null) {
            wait = inText(IN_TEXT, body);
        }
        if (wait == null && rateLimited) {
            wait = longer(
                    duration(header.apply("x-ratelimit-reset-requests")),
                    duration(header.apply("x-ratelimit-reset-tokens")));
        }
        return Optional.ofNullable(wait).map(d -> d.compareTo(LONGEST) > 0 ? LONGEST : d);
    }

    private static @Nullable Duration milliseconds(@Nullable String value) {
        BigDecimal number = number(value);
        return number == null ? null : Duration.ofNanos(number.movePointRight(6).longValue());
    }

    private static @Nullable Duration secondsOrDate(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        BigDecimal number = number(value);
        if (number != null) {
            return Duration.ofNanos(number.movePointRight(9).longValue());
        }
        try {
            Instant date = ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return duration(value);
        }
    }

    private static @Nullable BigDecimal number(@Nullable String value) {
        if (value == null || !value.trim().matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return null;
        }
        return new BigDecimal(value.trim());
    }

    private static @Nullable Duration inText(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? duration(stripped(matcher.group(1))) : null;
    }

    /** Without the full stop that ends the sentence. */
    private static String stripped(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** A duration text such as {@code 120ms} or {@code 6m0s}; null for anything else. */
    static @Nullable Duration duration(@Nullable String value) {
        if (value == null || value.length() > 32 || !WHOLE.matcher(value.trim()).matches()) {
            return null;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher matcher = PART.matcher(value);
        while (matcher.find()) {
            long unit = switch (matcher.group(2)) {
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                case "m" -> 60_000_000_000L;
                default -> 3_600_000_000_000L;
            };
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
        }
        BigDecimal longest = BigDecimal.valueOf(LONGEST.toNanos());
        return Duration.ofNanos(nanos.min(longest).longValue());
    }

    private static @Nullable Duration longer(@Nullable Duration a, @Nullable Duration b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }
}
