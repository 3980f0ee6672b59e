package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** The body of an error. */
public record CohereError(@Nullable String id, String message, Extra extra) implements WireRecord {}
