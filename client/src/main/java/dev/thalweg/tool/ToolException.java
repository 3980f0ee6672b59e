package dev.thalweg.tool;

/** Thrown by a tool that cannot do what is asked and says why in words for the model, who is told them and no more. */
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The words. */
    public ToolException(String message) {
        super(message);
    }
}
