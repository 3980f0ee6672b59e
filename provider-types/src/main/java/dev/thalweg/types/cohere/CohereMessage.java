package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model says.
 *
 * @param toolPlan what it means to do with its tools
 */
public record CohereMessage(
        String role,
        List<CohereContent> content,
        @Nullable String toolPlan,
        List<CohereToolCall> toolCalls,
        List<CohereCitation> citations,
        Extra extra)
        implements WireRecord {
    public CohereMessage {
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
        citations = List.copyOf(citations);
    }
}
