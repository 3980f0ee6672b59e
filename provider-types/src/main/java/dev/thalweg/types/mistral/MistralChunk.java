package dev.thalweg.types.mistral;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a streamed chat completion.
 *
 * @param created in seconds since 1970
 * @param usage in the chunk that ends the choice
 * @param p padding, so that sizes on the network do not tell the text
 */
public record MistralChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @Nullable MistralUsage usage,
        @Nullable String p,
        Extra extra)
        implements WireRecord {
    public MistralChunk {
        choices = List.copyOf(choices);
    }

    /**
     * What a chunk adds to one of the answers.
     *
     * @param finishReason {@code stop}, {@code length}, {@code error}, {@code tool_calls}
     */
    public record Choice(int index, Delta delta, @Nullable String finishReason, Extra extra) implements WireRecord {}

    /** A piece of the message. */
    public record Delta(
            @Nullable String role, @Nullable MistralContent content, List<MistralToolCall> toolCalls, Extra extra)
            implements WireRecord {
        public Delta {
            toolCalls = List.copyOf(toolCalls);
        }
    }
}
