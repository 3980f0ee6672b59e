package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** What one frame says of one tool call, as views into the frame: valid during the call that shows it. */
public final class ToolCallPiece {
    /** The index where the provider names none. */
    public static final int NO_INDEX = -1;

    private int index = NO_INDEX;
    private @Nullable JsonText type;
    private @Nullable JsonText id;
    private @Nullable JsonText name;
    private @Nullable JsonText arguments;

    /** Makes it a piece of the call of this index, or {@link #NO_INDEX}, without anything else. */
    public ToolCallPiece begin(int newIndex) {
        index = newIndex;
        type = null;
        id = null;
        name = null;
        arguments = null;
        return this;
    }

    /** Sets the index. */
    public void index(int value) {
        index = value;
    }

    /** Sets the type. */
    public void type(@Nullable JsonText value) {
        type = value;
    }

    /** Sets the call's id. */
    public void id(@Nullable JsonText value) {
        id = value;
    }

    /** Sets the tool's name. */
    public void name(@Nullable JsonText value) {
        name = value;
    }

    /** Sets the next fragment of the arguments. */
    public void arguments(@Nullable JsonText value) {
        arguments = value;
    }

    /** The call's index among those of its choice; {@link #NO_INDEX} where the provider names none. */
    public int index() {
        return index;
    }

    /** {@code function}, {@code custom} or {@code function_call}; usually in the first piece only. */
    public @Nullable JsonText type() {
        return type;
    }

    /** The call's id; usually in the first piece only. */
    public @Nullable JsonText id() {
        return id;
    }

    /** The tool's name; usually in the first piece only. */
    public @Nullable JsonText name() {
        return name;
    }

    /** The next fragment of the arguments. */
    public @Nullable JsonText arguments() {
        return arguments;
    }
}
