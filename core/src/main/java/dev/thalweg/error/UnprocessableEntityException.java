package dev.thalweg.error;

/** The request is well-formed and cannot be processed (422). */
public class UnprocessableEntityException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public UnprocessableEntityException(ErrorDetails details) {
        super(details);
    }
}
