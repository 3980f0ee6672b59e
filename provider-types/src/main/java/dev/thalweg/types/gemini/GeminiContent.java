package dev.thalweg.types.gemini;

import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one side says. */
public record GeminiContent(
        List<GeminiPart> parts, @Nullable String role, Extra extra) implements CamelCaseRecord {
    public GeminiContent {
        parts = List.copyOf(parts);
    }
}
