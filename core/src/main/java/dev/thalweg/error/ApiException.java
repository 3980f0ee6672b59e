package dev.thalweg.error;

/** The provider refused with a status that has no class of its own. */
public class ApiException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ApiException(ErrorDetails details) {
        super(details);
    }
}
