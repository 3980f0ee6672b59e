package dev.thalweg.model;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Spoken words of an answer. Immutable. */
public final class Audio {
    private final RawJson raw;
    private final Map<?, ?> fields;

    /**
     * The audio in this JSON object.
     *
     * @throws IllegalArgumentException when it is not an object
     */
    public Audio(RawJson raw) {
        this.raw = raw;
        Map<?, ?> read = raw.as(Map.class);
        if (read == null) {
            throw new IllegalArgumentException("An audio is a JSON object, not null.");
        }
        this.fields = read;
    }

    /** What a later turn refers to it by; empty where the provider gave none. */
    public String id() {
        return text("id");
    }

    /** The words; empty where the provider gave none. */
    public String transcript() {
        return text("transcript");
    }

    /**
     * The sound, in the format that was asked for.
     *
     * @throws IllegalArgumentException when the provider's Base64 is broken
     */
    public byte[] data() {
        return Base64.getDecoder().decode(text("data"));
    }

    /** Until when the provider knows the id. */
    public Optional<Instant> expiresAt() {
        return switch (fields.get("expires_at")) {
            case Integer seconds -> Optional.of(Instant.ofEpochSecond(seconds));
            case Long seconds
            when seconds <= Instant.MAX.getEpochSecond() && seconds >= Instant.MIN.getEpochSecond() ->
                Optional.of(Instant.ofEpochSecond(seconds));
            case null, default -> Optional.empty();
        };
    }

    /** The provider's JSON. */
    public RawJson raw() {
        return raw;
    }

    private String text(String name) {
        return fields.get(name) instanceof String value ? value : "";
    }

    @Override
    public String toString() {
        return "Audio[" + id() + ": " + transcript() + "]";
    }
}
