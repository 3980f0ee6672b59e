package dev.thalweg.model;

/**
 * Whether the model has to call a tool.
 *
 * @param mode what it may do
 * @param name the tool it has to call, for {@link Mode#NAMED}; else empty
 */
public record ToolChoice(Mode mode, String name) {
    /** What the model may do. */
    public enum Mode {
        /** Call tools or answer, as it likes: the default. */
        AUTO,
        /** Answer without a tool. */
        NONE,
        /** Call at least one tool. */
        REQUIRED,
        /** Call this tool. */
        NAMED
    }

    /** As it likes. */
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, "");

    /** No tool. */
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, "");

    /** Any tool, but one. */
    public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, "");

    /** This tool. */
    public static ToolChoice named(String name) {
        return new ToolChoice(Mode.NAMED, name);
    }
}
