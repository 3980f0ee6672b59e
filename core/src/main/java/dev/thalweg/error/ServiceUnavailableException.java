package dev.thalweg.error;

/** The provider is overloaded or away (503, 529). */
public class ServiceUnavailableException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public ServiceUnavailableException(ErrorDetails details) {
        super(details);
    }
}
