package dev.thalweg.types.mistral;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole chat completion.
 *
 * @param created in seconds since 1970
 */
public record MistralCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @Nullable MistralUsage usage,
        Extra extra)
        implements WireRecord {
    public MistralCompletion {
        choices = List.copyOf(choices);
    }

    /**
     * One of the answers.
     *
     * @param finishReason {@code stop}, {@code length}, {@code model_length}, {@code error}, {@code tool_calls}
     */
    public record Choice(
            int index, Message message, @Nullable String finishReason, Extra extra) implements WireRecord {}

    /** What the model says. */
    public record Message(
            String role,
            @Nullable MistralContent content,
            List<MistralToolCall> toolCalls,
            @Nullable Boolean prefix,
            Extra extra)
            implements WireRecord {
        public Message {
            toolCalls = List.copyOf(toolCalls);
        }
    }
}
