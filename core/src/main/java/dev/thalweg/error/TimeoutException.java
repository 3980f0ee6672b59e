package dev.thalweg.error;

/** One of the clocks ran out; {@link #code()} says which: {@code connect_timeout}, {@code pool_timeout}, {@code
 * first_byte_timeout}, {@code first_token_timeout}, {@code idle_timeout} or {@code total_timeout} (408, 504). */
public class TimeoutException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /** An exception with these details. */
    public TimeoutException(ErrorDetails details) {
        super(details);
    }
}
