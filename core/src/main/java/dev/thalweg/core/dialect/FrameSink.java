package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a reader finds in one frame of an answer, in order. Texts are views into the frame, valid during the call:
 * a sink that only counts or compares allocates nothing.
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

    /** A piece of a refusal; may be empty. */
    default void refusal(int choice, JsonText text) {}

    /** A piece of a tool call: id and name usually in its first piece only. */
    default void toolCall(
            int choice, int index, @Nullable JsonText id, @Nullable JsonText name, @Nullable JsonText arguments) {}

    /** Something else that the model produced: audio, images. */
    default void otherContent(int choice) {}

    /** A choice ended. */
    default void finish(int choice, JsonText reason) {}

    /** Token counts; later ones replace earlier ones. */
    default void usage(Usage usage) {}

    /** Whether the stream must end before this frame is passed on. Asked after each frame. */
    default boolean stopped() {
        return false;
    }
}
