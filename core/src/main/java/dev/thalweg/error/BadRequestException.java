package dev.thalweg.error;

/** The request itself is wrong (400, 409, 413): sending it again as it is cannot help. */
public class BadRequestException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public BadRequestException(ErrorDetails details) {
        super(details);
    }
}
