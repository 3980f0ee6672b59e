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
    /** The index among the {@code n} answers asked for; -1 for what belongs to the whole answer. */
    default int choice() {
        return -1;
    }

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

    /** The provider's signature over this part's reasoning, which must go back to it unchanged in the next turn. */
    record ReasoningSignature(int choice, int part, String signature) implements StreamEvent {}

    /** Reasoning that the provider keeps to itself: encrypted, to be sent back unchanged in the next turn. */
    record ReasoningRedacted(int choice, int part, String data) implements StreamEvent {}

    /** Reasoning is complete. */
    record ReasoningEnd(int choice, int part) implements StreamEvent {}

    /** The model refuses, in these words. */
    record RefusalDelta(int choice, String text) implements StreamEvent {}

    /**
     * A tool call begins. Some providers send {@code id} or {@code name} later, in another start of the same part; one
     * that mixes the pieces of several calls opens a call again after its end. {@code type} as in {@link
     * ToolCall#type()}.
     */
    record ToolCallStart(
            int choice,
            int part,
            @Nullable String type,
            @Nullable String id,
            @Nullable String name) implements StreamEvent {}

    /** The arguments of a tool call grow by this fragment of JSON. */
    record ToolCallDelta(int choice, int part, String arguments) implements StreamEvent {}

    /** A tool call is complete. */
    record ToolCallEnd(int choice, int part) implements StreamEvent {}

    /** The model cites: one annotation, in the provider's JSON. */
    record AnnotationAdded(int choice, RawJson annotation) implements StreamEvent {}

    /** The model made an image, in the provider's JSON. */
    record ImageAdded(int choice, RawJson image) implements StreamEvent {}

    /** Spoken words grow: {@code data} is Base64, {@code transcript} the words; either may be absent. */
    record AudioDelta(int choice, RawJson audio) implements StreamEvent {}

    /** How probable the tokens of this frame were, in the provider's JSON. */
    record LogprobsDelta(int choice, RawJson logprobs) implements StreamEvent {}

    /** A choice ended for this reason. */
    record Finished(int choice, FinishReason reason) implements StreamEvent {}

    /** Token counts; the last ones in a stream are the true ones, they are never added up. */
    record UsageReported(Usage usage) implements StreamEvent {}

    /** A field this vocabulary has no word for; {@code choice} and {@code part} are -1 where it belongs to none. */
    record ExtraField(Owner owner, int choice, int part, String name, RawJson value) implements StreamEvent {
        /** What the field is part of. */
        public enum Owner {
            /** The whole answer: {@code system_fingerprint}, {@code citations}. */
            ANSWER,
            /** A choice: {@code native_finish_reason}. */
            CHOICE,
            /** A choice's message: {@code reasoning_details}. */
            MESSAGE,
            /** A tool call of a choice: {@code extra_content}. */
            TOOL_CALL
        }
    }

    /**
     * What came so far is void: the answer broke and was asked for again, because the caller wanted it so. {@code attempt}
     * counts from 2, {@code code} says why, {@code repeated_chunks} for example.
     */
    record Restarted(int attempt, String code) implements StreamEvent {}

    /** A kind of event that is not part of this vocabulary yet. */
    non-sealed interface Extension extends StreamEvent {}
}
