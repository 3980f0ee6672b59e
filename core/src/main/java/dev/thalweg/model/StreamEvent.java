package dev.thalweg.model;

import org.jspecify.annotations.Nullable;

/**
 * What happens in an answer while it is being written, the same for every provider. Text, reasoning and tool calls
 * start, grow by deltas and end; {@code choice} is the index among the {@code n} answers asked for, {@code part} the
 * position of the text, reasoning or call within its choice.
 *
 * <p>Keep a {@code default} branch in a switch: new kinds of events first come as {@link Extension}.
 */
public sealed interface StreamEvent {
    /** A choice begins; {@code role} is {@code assistant}. */
    record MessageStart(int choice, String role) implements StreamEvent {}

    /** Text begins. */
    record TextStart(int choice, int part) implements StreamEvent {}

    /** Text grows. */
    record TextDelta(int choice, int part, String text) implements StreamEvent {}

    /** Text is complete. */
    record TextEnd(int choice, int part) implements StreamEvent {}

    /** Reasoning begins. */
    record ReasoningStart(int choice, int part) implements StreamEvent {}

    /** Reasoning grows. */
    record ReasoningDelta(int choice, int part, String text) implements StreamEvent {}

    /** Reasoning is complete. */
    record ReasoningEnd(int choice, int part) implements StreamEvent {}

    /** The model refuses, in these words. */
    record RefusalDelta(int choice, String text) implements StreamEvent {}

    /** A tool call begins. Some providers send {@code id} or {@code name} later, in another start of the same part. */
    record ToolCallStart(
            int choice,
            int part,
            @Nullable String id,
            @Nullable String name) implements StreamEvent {}

    /** The arguments of a tool call grow by this fragment of JSON. */
    record ToolCallDelta(int choice, int part, String arguments) implements StreamEvent {}

    /** A tool call is complete. */
    record ToolCallEnd(int choice, int part) implements StreamEvent {}

    /** A choice ended for this reason. */
    record Finished(int choice, FinishReason reason) implements StreamEvent {}

    /** Token counts; the last ones in a stream are the true ones, they are never added up. */
    record UsageReported(Usage usage) implements StreamEvent {}

    /** A kind of event that is not part of this vocabulary yet. */
    non-sealed interface Extension extends StreamEvent {}
}
