package dev.thalweg.types.openai;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole chat completion, {@code object: "chat.completion"}.
 *
 * @param created in seconds since 1970
 */
public record OpenAiCompletion(
        String id,
        String object,
        long created,
        String model,
        @Nullable String serviceTier,
        @Nullable String systemFingerprint,
        List<Choice> choices,
        @Nullable OpenAiUsage usage,
        @Nullable RawJson moderation,
        Extra extra)
        implements WireRecord {
    public OpenAiCompletion {
        choices = List.copyOf(choices);
    }

    /**
     * One of the answers.
     *
     * @param finishReason {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}
     */
    public record Choice(
            int index,
            Message message,
            @Nullable OpenAiLogprobs logprobs,
            @Nullable String finishReason,
            Extra extra) implements WireRecord {}

    /** What the model says. */
    public record Message(
            String role,
            @Nullable String content,
            @Nullable String refusal,
            List<OpenAiToolCall> toolCalls,
            List<Annotation> annotations,
            @Nullable Audio audio,
            Extra extra)
            implements WireRecord {
        public Message {
            toolCalls = List.copyOf(toolCalls);
            annotations = List.copyOf(annotations);
        }
    }

    /** A note on a part of the text. */
    public record Annotation(String type, @Nullable UrlCitation urlCitation, Extra extra) implements WireRecord {}

    /**
     * A page the text speaks of.
     *
     * @param startIndex of the first character of that part of the text
     * @param endIndex of its last character
     */
    public record UrlCitation(int startIndex, int endIndex, String url, String title, Extra extra)
            implements WireRecord {}

    /**
     * A spoken answer.
     *
     * @param data the sound in base64
     * @param expiresAt until when the id can be referred to, in seconds since 1970
     */
    public record Audio(
            String id,
            @Nullable String data,
            @Nullable String transcript,
            @Nullable Long expiresAt,
            Extra extra) implements WireRecord {}
}
