package dev.thalweg.error;

/** The key is missing, unknown or expired (401). */
public class AuthenticationException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public AuthenticationException(ErrorDetails details) {
        super(details);
    }
}
