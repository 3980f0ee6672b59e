package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;

/**
 * Takes what a reader finds in one frame of an answer, in order. Texts and values are views into the frame, valid during
 * the call: a sink that only counts or compares allocates nothing.
 */
public interface FrameSink {
    /** The answer's id. */
    default void id(JsonText text) {}

    /** The model that answers. */
    default void model(JsonText text) {}

    /** A choice begins, or says its role again. */
    default void role(int choice, JsonText role) {}

    /** A piece of text; may be empty. */
    default void text(int choice, JsonText text) {}

    /** A piece of reasoning; may be empty. */
    default void reasoning(int choice, JsonText text) {}

    /** The signature over the reasoning so far, which ends here. */
    default void signature(int choice, JsonText signature) {}

    /** Reasoning in a form that only the provider can read. */
    default void redacted(int choice, JsonText data) {}

    /** A piece of a refusal; may be empty. */
    default void refusal(int choice, JsonText text) {}

    /** A piece of a tool call. */
    default void toolCall(int choice, ToolCallPiece piece) {}

    /** A piece of what is said aloud. */
    default void audio(int choice, JsonValue piece) {}

    /** An image. */
    default void image(int choice, JsonValue image) {}

    /**
     * Something the text cites, as OpenAI's chat completions spell it: {@code {"type":"url_citation","url_citation":{…}}}. What
     * cannot be said so is in the provider's own spelling.
     */
    default void annotation(int choice, JsonValue annotation) {}

    /** How probable the tokens of this frame were. */
    default void logprobs(int choice, JsonValue logprobs) {}

    /** A field without a word of its own; one of a tool call belongs to the piece just shown. Never empty or null. */
    default void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {}

    /**
     * The provider's own id of the text, reasoning or call that comes next, for those that write the same protocol. Need not
     * be said.
     */
    default void partBegins(int choice, JsonText id) {}

    /** The text, reasoning or call that is being written is complete; the next of its kind is another. Need not be said. */
    default void partEnds(int choice) {}

    /** A choice ended. */
    default void finish(int choice, JsonText reason) {}

    /** Token counts; later ones replace earlier ones. */
    default void usage(Usage usage) {}

    /** Whether the stream must end before this frame is passed on. Asked after each frame. */
    default boolean stopped() {
        return false;
    }
}
