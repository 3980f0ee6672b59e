package dev.thalweg.types.cohere;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/** What the events of a stream have under {@code delta}. */
public final class CohereDelta {
    private CohereDelta() {}

    /** A message, mostly empty. */
    public record Message(CohereMessage message, Extra extra) implements WireRecord {}

    /** A piece of the content. */
    public record Content(ContentMessage message, Extra extra) implements WireRecord {}

    /** A message with nothing but one part of its content. */
    public record ContentMessage(CohereContent content, Extra extra) implements WireRecord {}

    /** A piece of the tool plan. */
    public record ToolPlan(ToolPlanMessage message, Extra extra) implements WireRecord {}

    /** A message with nothing but a tool plan. */
    public record ToolPlanMessage(String toolPlan, Extra extra) implements WireRecord {}

    /** A piece of a call. */
    public record ToolCall(ToolCallMessage message, Extra extra) implements WireRecord {}

    /** A message with nothing but one call; the wire's plural names a single one. */
    public record ToolCallMessage(CohereToolCall toolCalls, Extra extra) implements WireRecord {}

    /** A source. */
    public record Citation(CitationMessage message, Extra extra) implements WireRecord {}

    /** A message with nothing but one source; the wire's plural names a single one. */
    public record CitationMessage(CohereCitation citations, Extra extra) implements WireRecord {}

    /**
     * How the answer ended.
     *
     * @param finishReason {@code COMPLETE}, {@code STOP_SEQUENCE}, {@code MAX_TOKENS}, {@code TOOL_CALL}, {@code ERROR},
     *     {@code TIMEOUT}
     */
    public record End(
            @Nullable String finishReason,
            @Nullable CohereUsage usage,
            @Nullable String error,
            Extra extra) implements WireRecord {}
}
