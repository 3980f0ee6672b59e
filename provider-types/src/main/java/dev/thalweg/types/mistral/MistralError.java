package dev.thalweg.types.mistral;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error. It has two shapes: {@code object}, {@code message}, {@code type} and {@code code}, or {@code
 * detail} only.
 *
 * @param message a text, or an object that holds the details
 * @param detail a text, or the list of what is wrong in the request
 */
public record MistralError(
        @Nullable String object,
        @Nullable RawJson message,
        @Nullable String type,
        @Nullable String param,
        @Nullable String code,
        @Nullable Integer rawStatusCode,
        @Nullable RawJson detail,
        Extra extra)
        implements WireRecord {}
