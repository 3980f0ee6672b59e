package dev.thalweg.types.cohere;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event of a streamed answer, by its {@code type}. What it adds is under {@code delta}, in the place it has in the
 * message.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = CohereEvent.Other.class)
public sealed interface CohereEvent extends WireRecord {
    /** An answer begins. */
    @JsonTypeName("message-start")
    record MessageStart(@Nullable String id, CohereDelta.Message delta, Extra extra) implements CohereEvent {}

    /** A part of the content begins. */
    @JsonTypeName("content-start")
    record ContentStart(int index, CohereDelta.Content delta, Extra extra) implements CohereEvent {}

    /** More of it. */
    @JsonTypeName("content-delta")
    record ContentDelta(int index, CohereDelta.Content delta, Extra extra) implements CohereEvent {}

    /** It is whole. */
    @JsonTypeName("content-end")
    record ContentEnd(int index, Extra extra) implements CohereEvent {}

    /** More of what the model means to do with its tools. */
    @JsonTypeName("tool-plan-delta")
    record ToolPlanDelta(CohereDelta.ToolPlan delta, Extra extra) implements CohereEvent {}

    /** A call of a tool begins. */
    @JsonTypeName("tool-call-start")
    record ToolCallStart(int index, CohereDelta.ToolCall delta, Extra extra) implements CohereEvent {}

    /** More of its arguments. */
    @JsonTypeName("tool-call-delta")
    record ToolCallDelta(int index, CohereDelta.ToolCall delta, Extra extra) implements CohereEvent {}

    /** It is whole. */
    @JsonTypeName("tool-call-end")
    record ToolCallEnd(int index, Extra extra) implements CohereEvent {}

    /** A source of the text. */
    @JsonTypeName("citation-start")
    record CitationStart(int index, CohereDelta.Citation delta, Extra extra) implements CohereEvent {}

    /** The source is whole. */
    @JsonTypeName("citation-end")
    record CitationEnd(int index, Extra extra) implements CohereEvent {}

    /** The answer is whole, or cannot go on. */
    @JsonTypeName("message-end")
    record MessageEnd(@Nullable String id, CohereDelta.End delta, Extra extra) implements CohereEvent {}

    /** An event of any other type: all its fields are in {@code extra}. */
    record Other(@Nullable String type, Extra extra) implements CohereEvent {}
}
