package dev.thalweg.error;

/** The provider could not be reached, or the connection broke before the answer was complete. */
public class ApiConnectionException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ApiConnectionException(ErrorDetails details) {
        super(details);
    }
}
