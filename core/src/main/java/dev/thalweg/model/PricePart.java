package dev.thalweg.model;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of a call that has a price of its own: what is counted, and by which price where it has none of its own. */
public enum PricePart {
    /** Tokens of the prompt that no other part counts. */
    INPUT(null),
    /** Tokens of the answer that no other part counts. */
    OUTPUT(null),
    /** Tokens of the prompt read from the provider's cache. */
    CACHE_READ(INPUT),
    /** Tokens of the prompt written to the provider's cache for five minutes, or for as long as it likes. */
    CACHE_WRITE(INPUT),
    /** Tokens of the prompt written to the provider's cache for an hour. Dearer wherever it has a price: no other stands in. */
    CACHE_WRITE_1H(null),
    /** Tokens of the answer spent on reasoning. */
    REASONING(OUTPUT),
    /** Tokens of sound in the prompt. Dearer wherever it has a price: no other stands in. */
    INPUT_AUDIO(null),
    /** Tokens of sound read from the provider's cache. */
    CACHE_READ_AUDIO(CACHE_READ),
    /** Tokens of sound in the answer; no other price stands in. */
    OUTPUT_AUDIO(null),
    /** Tokens of images in the prompt. */
    INPUT_IMAGE(INPUT),
    /** Tokens of images read from the provider's cache. */
    CACHE_READ_IMAGE(CACHE_READ),
    /** Tokens of images in the answer; no other price stands in. */
    OUTPUT_IMAGE(null),
    /** The request itself; free where nothing is said. */
    REQUEST(null),
    /** Searches the provider made in the web; no other price stands in. */
    WEB_SEARCH(null);

    private static final int MILLION_DIGITS = 6;
    private static final int THOUSAND_DIGITS = 3;

    private final @Nullable PricePart otherwise;
    private final String label;

    PricePart(@Nullable PricePart otherwise) {
        this.otherwise = otherwise;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** Its name in records and in the catalogue, for example {@code cache_read}. */
    public String label() {
        return label;
    }

    /** The part whose price counts where this one has none; empty: the cost is unknown then. */
    public Optional<PricePart> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    /** Whether its price is for a thousand, not for a million. */
    public boolean perThousand() {
        return this == REQUEST || this == WEB_SEARCH;
    }

    /** How far the point moves from the published price to that of one: 6 for a million. */
    int digits() {
        return perThousand() ? THOUSAND_DIGITS : MILLION_DIGITS;
    }

    /** The part of this name; empty where there is none. */
    public static Optional<PricePart> of(String label) {
        for (PricePart part : values()) {
            if (part.label.equals(label)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
