package dev.thalweg.types.anthropic;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event of a streamed message, by its {@code type}: {@link MessageStart}, then for each block a {@link
 * ContentBlockStart}, its deltas and a {@link ContentBlockStop}, then {@link MessageDelta} and {@link MessageStop}; {@link
 * Ping} anywhere. The body of an error is an {@link ErrorEvent}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = AnthropicEvent.Other.class)
public sealed interface AnthropicEvent extends WireRecord {
    /** A message begins: without content, with the usage so far. */
    @JsonTypeName("message_start")
    record MessageStart(AnthropicMessage message, Extra extra) implements AnthropicEvent {}

    /** A block begins. */
    @JsonTypeName("content_block_start")
    record ContentBlockStart(int index, AnthropicBlock contentBlock, Extra extra) implements AnthropicEvent {}

    /** More of a block. */
    @JsonTypeName("content_block_delta")
    record ContentBlockDelta(int index, AnthropicDelta delta, Extra extra) implements AnthropicEvent {}

    /** A block is whole. */
    @JsonTypeName("content_block_stop")
    record ContentBlockStop(int index, Extra extra) implements AnthropicEvent {}

    /**
     * Why the message ends, and what it used.
     *
     * @param usage cumulative: the last value of a field counts, not the sum
     */
    @JsonTypeName("message_delta")
    record MessageDelta(Delta delta, @Nullable AnthropicUsage usage, Extra extra) implements AnthropicEvent {}

    /** The message is whole. */
    @JsonTypeName("message_stop")
    record MessageStop(Extra extra) implements AnthropicEvent {}

    /** Nothing new, but still there. */
    @JsonTypeName("ping")
    record Ping(Extra extra) implements AnthropicEvent {}

    /** The message cannot go on. */
    @JsonTypeName("error")
    record ErrorEvent(Details error, @Nullable String requestId, Extra extra) implements AnthropicEvent {}

    /** An event of any other type: all its fields are in {@code extra}. */
    record Other(@Nullable String type, Extra extra) implements AnthropicEvent {}

    /**
     * What changes in the message.
     *
     * @param stopReason {@code end_turn}, {@code max_tokens}, {@code stop_sequence}, {@code tool_use}, {@code pause_turn},
     *     {@code refusal}
     * @param stopSequence the text that ended it
     */
    record Delta(
            @Nullable String stopReason,
            @Nullable String stopSequence,
            @Nullable RawJson stopDetails,
            @Nullable RawJson container,
            Extra extra)
            implements WireRecord {}

    /**
     * What went wrong.
     *
     * @param type {@code overloaded_error}, {@code rate_limit_error}, {@code invalid_request_error}
     */
    record Details(String type, String message, Extra extra) implements WireRecord {}
}
