package dev.thalweg.core.wire;

/** Bytes that are not the JSON that was expected. Carries no stack trace: it is an answer, not a bug. */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** At this position, counted in bytes from the start of the document, this is wrong. */
    public JsonSyntaxException(String problem, int position) {
        super(problem + " at byte " + position, null, false, false);
        this.position = position;
    }

    /** Where, in bytes from the start of the document. */
    public int position() {
        return position;
    }
}
