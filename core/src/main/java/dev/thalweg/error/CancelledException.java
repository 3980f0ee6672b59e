package dev.thalweg.error;

/** The call was closed or interrupted by its own caller. */
public class CancelledException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public CancelledException(ErrorDetails details) {
        super(details);
    }
}
