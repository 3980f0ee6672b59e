package dev.thalweg.types.openai;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a streamed chat completion, {@code object: "chat.completion.chunk"}. With usage asked for, the last chunk has
 * no choices and the usage of the whole answer.
 *
 * @param created in seconds since 1970
 * @param obfuscation padding, so that sizes on the network do not tell the text
 */
public record OpenAiChunk(
        String id,
        String object,
        long created,
        String model,
        @Nullable String serviceTier,
        @Nullable String systemFingerprint,
        List<Choice> choices,
        @Nullable OpenAiUsage usage,
        @Nullable RawJson moderation,
        @Nullable String obfuscation,
        Extra extra)
        implements WireRecord {
    public OpenAiChunk {
        choices = List.copyOf(choices);
    }

    /**
     * What a chunk adds to one of the answers.
     *
     * @param finishReason in the chunk that ends the choice: {@code stop}, {@code length}, {@code tool_calls}, {@code
     *     content_filter}
     */
    public record Choice(
            int index,
            Delta delta,
            @Nullable OpenAiLogprobs logprobs,
            @Nullable String finishReason,
            Extra extra) implements WireRecord {}

    /** A piece of the message. */
    public record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String refusal,
            List<OpenAiToolCall> toolCalls,
            Extra extra)
            implements WireRecord {
        public Delta {
            toolCalls = List.copyOf(toolCalls);
        }
    }
}
