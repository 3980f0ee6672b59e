package dev.thalweg.error;

/** The provider or model does not know a parameter of the request (400). */
public class UnsupportedParamsException extends BadRequestException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public UnsupportedParamsException(ErrorDetails details) {
        super(details);
    }
}
