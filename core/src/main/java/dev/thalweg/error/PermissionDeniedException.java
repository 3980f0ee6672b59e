package dev.thalweg.error;

/** The key is known and may not do this (403). */
public class PermissionDeniedException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public PermissionDeniedException(ErrorDetails details) {
        super(details);
    }
}
