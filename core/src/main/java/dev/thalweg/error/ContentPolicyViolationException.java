package dev.thalweg.error;

/** The provider refused the content of the request (400). */
public class ContentPolicyViolationException extends BadRequestException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ContentPolicyViolationException(ErrorDetails details) {
        super(details);
    }
}
