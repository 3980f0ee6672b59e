package dev.thalweg.types.anthropic;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message: a whole answer, or the start of a streamed one.
 *
 * @param type always {@code message}
 * @param stopReason {@code end_turn}, {@code max_tokens}, {@code stop_sequence}, {@code tool_use}, {@code pause_turn},
 *     {@code refusal}; null at the start of a stream
 * @param stopSequence the text that ended it
 */
public record AnthropicMessage(
        String id,
        String type,
        String role,
        String model,
        List<AnthropicBlock> content,
        @Nullable String stopReason,
        @Nullable String stopSequence,
        @Nullable RawJson stopDetails,
        @Nullable AnthropicUsage usage,
        @Nullable RawJson container,
        Extra extra)
        implements WireRecord {
    public AnthropicMessage {
        content = List.copyOf(content);
    }
}
