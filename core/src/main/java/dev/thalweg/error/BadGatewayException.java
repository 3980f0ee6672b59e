package dev.thalweg.error;

/** Something between here and the provider failed (502). */
public class BadGatewayException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public BadGatewayException(ErrorDetails details) {
        super(details);
    }
}
