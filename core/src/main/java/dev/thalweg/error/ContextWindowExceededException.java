package dev.thalweg.error;

/** Prompt and answer together are longer than the model can take (400). */
public class ContextWindowExceededException extends BadRequestException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ContextWindowExceededException(ErrorDetails details) {
        super(details);
    }
}
