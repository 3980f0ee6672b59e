package dev.thalweg.error;

/** There is no such model or address (404). */
public class NotFoundException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public NotFoundException(ErrorDetails details) {
        super(details);
    }
}
