package dev.thalweg.types.openai;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** The body of an error, and the data of an error event in a stream. */
public record OpenAiError(Details error, Extra extra) implements WireRecord {
    /** What went wrong. */
    public record Details(
            @Nullable String message,
            @Nullable String type,
            @Nullable String param,
            @Nullable String code,
            Extra extra) implements WireRecord {}
}
