package dev.thalweg.types.groq;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole chat completion.
 *
 * @param created in seconds since 1970
 */
public record GroqCompletion(
        String id,
        String object,
        long created,
        String model,
        @Nullable String serviceTier,
        @Nullable String systemFingerprint,
        List<Choice> choices,
        @Nullable GroqUsage usage,
        @Nullable GroqUsageBreakdown usageBreakdown,
        @Nullable XGroq xGroq,
        Extra extra)
        implements WireRecord {
    public GroqCompletion {
        choices = List.copyOf(choices);
    }

    /** The answer. */
    public record Choice(
            int index,
            Message message,
            @Nullable RawJson logprobs,
            @Nullable String finishReason,
            Extra extra) implements WireRecord {}

    /** What the model says. */
    public record Message(
            String role,
            @Nullable String content,
            @Nullable String reasoning,
            List<GroqToolCall> toolCalls,
            List<GroqExecutedTool> executedTools,
            Extra extra)
            implements WireRecord {
        public Message {
            toolCalls = List.copyOf(toolCalls);
            executedTools = List.copyOf(executedTools);
        }
    }
}
