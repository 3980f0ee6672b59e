package dev.thalweg.error;

/** The money for this caller is spent (429, {@code insufficient_quota}). Waiting does not help. */
public class BudgetExceededException extends BadRequestException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public BudgetExceededException(ErrorDetails details) {
        super(details);
    }
}
