package dev.thalweg.types.groq;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** The body of an error, and the data of an error event in a stream. */
public record GroqError(Details error, Extra extra) implements WireRecord {
    /**
     * What went wrong.
     *
     * @param failedGeneration what the model had written, of a call of a tool that could not be read
     * @param statusCode the HTTP status it would have been; only in a stream
     */
    public record Details(
            @Nullable String message,
            @Nullable String type,
            @Nullable String code,
            @Nullable String failedGeneration,
            @Nullable Integer statusCode,
            Extra extra)
            implements WireRecord {}
}
