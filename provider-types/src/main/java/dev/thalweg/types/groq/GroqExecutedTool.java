package dev.thalweg.types.groq;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * A tool that Groq ran itself.
 *
 * @param arguments JSON as text
 * @param searchResults what a search found, and other tools' results
 */
public record GroqExecutedTool(
        int index,
        @Nullable String type,
        @Nullable String arguments,
        @Nullable String output,
        @Nullable RawJson searchResults,
        Extra extra)
        implements WireRecord {}
