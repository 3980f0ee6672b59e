package dev.thalweg.error;

/** Too many requests or tokens for now (429); {@link #retryAfter()} says for how long where the provider did. */
public class RateLimitException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public RateLimitException(ErrorDetails details) {
        super(details);
    }
}
