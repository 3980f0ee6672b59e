package dev.thalweg.types.groq;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a streamed chat completion.
 *
 * @param created in seconds since 1970
 * @param usage in the chunk that ends the choice and once more in a chunk without choices, where it was asked for
 * @param xGroq in the first chunk and in the one that ends the choice
 */
public record GroqChunk(
        String id,
        String object,
        long created,
        String model,
        @Nullable String serviceTier,
        @Nullable String systemFingerprint,
        List<Choice> choices,
        @Nullable GroqUsage usage,
        @Nullable XGroq xGroq,
        Extra extra)
        implements WireRecord {
    public GroqChunk {
        choices = List.copyOf(choices);
    }

    /** What a chunk adds to the answer. */
    public record Choice(
            int index,
            Delta delta,
            @Nullable RawJson logprobs,
            @Nullable String finishReason,
            Extra extra) implements WireRecord {}

    /**
     * A piece of the message.
     *
     * @param channel {@code analysis} beside reasoning of some models
     */
    public record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String reasoning,
            @Nullable String channel,
            List<GroqToolCall> toolCalls,
            List<GroqExecutedTool> executedTools,
            Extra extra)
            implements WireRecord {
        public Delta {
            toolCalls = List.copyOf(toolCalls);
            executedTools = List.copyOf(executedTools);
        }
    }
}
