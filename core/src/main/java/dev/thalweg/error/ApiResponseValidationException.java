package dev.thalweg.error;

/** The answer does not follow the protocol it claims to speak. */
public class ApiResponseValidationException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ApiResponseValidationException(ErrorDetails details) {
        super(details);
    }
}
