package dev.thalweg.error;

/** The provider failed (500), or its model repeated itself without end. */
public class InternalServerException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public InternalServerException(ErrorDetails details) {
        super(details);
    }
}
