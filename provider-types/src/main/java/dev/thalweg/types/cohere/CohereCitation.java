package dev.thalweg.types.cohere;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of text is from.
 *
 * @param start of its first character in the text
 * @param end of the one behind its last
 * @param type {@code TEXT_CONTENT}, {@code THINKING_CONTENT}, {@code PLAN}
 */
public record CohereCitation(
        int start,
        int end,
        String text,
        List<Source> sources,
        @Nullable Integer contentIndex,
        @Nullable String type,
        Extra extra)
        implements WireRecord {
    public CohereCitation {
        sources = List.copyOf(sources);
    }

    /**
     * A document or what a tool gave.
     *
     * @param type {@code document} or {@code tool}
     */
    public record Source(
            String type,
            @Nullable String id,
            @Nullable RawJson document,
            @Nullable RawJson toolOutput,
            Extra extra) implements WireRecord {}
}
